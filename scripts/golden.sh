#!/usr/bin/env bash
# Runs the tests of each package that has golden files with -update.
set -euo pipefail
packages="$(git grep -l --untracked '"update"' -- '*_test.go' | xargs -n 1 dirname | sort -u | sed 's|^|./|')"
# Paths of packages hold no spaces: unquoted, each is an argument of its own.
# shellcheck disable=SC2086
go test -count=1 $packages -update
