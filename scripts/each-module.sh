#!/usr/bin/env bash
# Runs a command in each module of the workspace, as if there were no workspace:
# each-module.sh go mod tidy -diff
set -euo pipefail
root="$PWD"
modules="$(go list -m -f '{{.Dir}}')"

# A module that go.work does not name would be skipped by everything without a word.
while IFS= read -r mod; do
	dir="$root/$(dirname "$mod")"
	if ! grep -qxF "${dir%/.}" <<<"$modules"; then
		echo "$mod is not in go.work" >&2
		exit 1
	fi
done < <(git ls-files --cached --others --exclude-standard -- 'go.mod' '*/go.mod' | grep -v -e '^tools/' -e 'testdata/')

export GOWORK=off
while IFS= read -r dir; do
	name="${dir#"$root"}"
	echo "module .$name"
	(cd "$dir" && "$@" </dev/null)
done <<<"$modules"
