#!/usr/bin/env bash
# Compares linked-modules.txt with the modules that are linked into a program
# that imports the root package. -w writes that file.
set -euo pipefail
file=linked-modules.txt

# One platform, so that the list is the same everywhere.
export GOWORK=off GOOS=linux GOARCH=amd64 CGO_ENABLED=0 LC_ALL=C
list="$(go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}' . | sort -u | sed '/^$/d')"

if [ -z "$list" ]; then
	echo 'the root package links no module at all: that cannot be' >&2
	exit 1
fi
if grep 'stretchr/testify' <<<"$list" >&2; then
	echo 'the root package links a test library' >&2
	exit 1
fi
if [ "${1:-}" = -w ]; then
	printf '%s\n' "$list" >"$file"
elif ! diff -u "$file" - <<<"$list"; then
	echo "what users link has changed; if it is meant: make modules, and say why in the commit" >&2
	exit 1
fi
