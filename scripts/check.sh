#!/usr/bin/env bash
# Runs steps of the Makefile, JOBS at a time. It prints what each took, and fails
# if one fails or has changed the tree: check.sh format vet test
set -euo pipefail
start="$SECONDS"
TIMES="$(mktemp)"
export TIMES
trap 'rm -f "$TIMES"' EXIT
before="$(scripts/tree.sh)"

# What tests write is gone after them. In memory they need not wait for a disk.
# What go builds is larger, and stays on the disk.
if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -ge 4000000 ] 2>/dev/null; then
	export GOTMPDIR="${GOTMPDIR:-${TMPDIR:-/tmp}}"
	TMPDIR="$(mktemp -d /dev/shm/partner-XXXXXX)"
	export TMPDIR
	chmod 711 "$TMPDIR" # PostgreSQL is another user
	trap 'rm -rf "$TIMES" "$TMPDIR"' EXIT
fi

# Where there is memory, Go's programs clear it less often: that takes a sixth of
# the time of tests.
if awk '$1 == "MemAvailable:" { kb = $2 } END { exit !(kb >= 8000000) }' /proc/meminfo 2>/dev/null; then
	export GOGC="${GOGC:-400}"
fi

# The lines of a step stay together, if make can do that.
options=(--no-print-directory "-j$JOBS")
# shellcheck disable=SC2016
if "$MAKE" -f - --no-print-directory <<<'$(if $(filter output-sync,$(.FEATURES)),all:;@:)' >/dev/null 2>&1; then
	options+=(--output-sync=target)
fi
status=0
"$MAKE" "${options[@]}" "${@/#/timed-}" || status=1

if [ "$status" = 0 ] && [ "$before" != "$(scripts/tree.sh)" ]; then
	printf '\na step, or somebody meanwhile, has changed these files:\n' >&2
	git status --short >&2
	status=1
fi

printf '\n%-12s %8s %9s\n' step seconds 'CPU'
for step; do
	awk -v step="$step" '
		$1 == step { found = 1; printf "%-12s %8d %9d%s\n", $1, $2, $3, $4 ? "  FAILED" : "" }
		END { if (!found) printf "%-12s %8s %9s  did not run\n", step, "-", "-" }
	' "$TIMES"
done
awk -v all="$((SECONDS - start))" '{ cpu += $3 } END { printf "%-12s %8d %9d\n", "make check", all, cpu }' "$TIMES"
if [ "$status" != 0 ]; then
	printf '\nmake check: it failed\n' >&2
	exit 1
fi
printf '\nmake check: every step passed, and the tree is as it was\n'
