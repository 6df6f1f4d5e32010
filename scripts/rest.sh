#!/usr/bin/env bash
# Runs every test of the workspace but those of the packages given, which
# cover.sh runs: rest.sh . ./internal/...
set -euo pipefail
own="$(go list "$@")"
rest="$(go list work | grep -vxF -e "$own")"
# Import paths hold no spaces: unquoted, each is an argument of its own.
# shellcheck disable=SC2086
scripts/test.sh -vet=off -timeout 30m $rest
