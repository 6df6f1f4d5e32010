#!/usr/bin/env bash
# Compares the exported API of the root module with the description in api/. It
# describes the last release, or an earlier commit before there is one. A break
# must be announced in CHANGELOG.md. -w writes the description: once a release.
set -euo pipefail
module=github.com/cspkit/partner
description=api/module.export
export GOWORK=off
apidiff() { go tool -modfile=tools/go.mod apidiff -m "$@" 2> >(grep -v '^Ignoring internal package' >&2); }

if [ "${1:-}" = -w ]; then
	apidiff -w "$description" "$module"
	exit
fi

changes="$(apidiff "$description" "$module")"
breaks="$(apidiff -incompatible "$description" "$module" | sed -n 's/^- //p')"
printf '%s\n' "${changes:-the exported API is as described}"

unannounced=0
unreleased="$(awk '/^## /{on = /^## \[Unreleased\]/} on' CHANGELOG.md)"
while IFS= read -r change; do
	[ -n "$change" ] || continue
	name="${change%%: *}"
	if ! grep -F '**Breaking:**' <<<"$unreleased" | grep -qF "\`${name#./}\`"; then
		echo "a break that CHANGELOG.md does not announce: $change" >&2
		unannounced=1
	fi
done <<<"$breaks"
if [ "$unannounced" = 1 ]; then
	# shellcheck disable=SC2016
	echo 'undo it, or add to Unreleased a line that starts with **Breaking:** and has the name in backquotes' >&2
	exit 1
fi
