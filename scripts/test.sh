#!/usr/bin/env bash
# Runs go test with the arguments given, and fails if no test ran.
set -euo pipefail
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
go test "$@" 2>&1 | tee "$log"
if ! grep '^ok' "$log" | grep -vq 'no tests to run'; then
	echo "go test $* ran no test" >&2
	exit 1
fi
