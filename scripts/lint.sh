#!/usr/bin/env bash
# Runs golangci-lint once for the whole workspace. ./... would leave out the
# nested modules, so each is named.
set -euo pipefail
lint="$(GOWORK=off go tool -modfile=tools/go.mod -n golangci-lint)"
# Paths of modules hold no spaces: unquoted, each is an argument of its own.
# shellcheck disable=SC2046
"$lint" run $(go list -m -f '{{.Dir}}' | sed "s|^$PWD|.|; s|\$|/...|")
