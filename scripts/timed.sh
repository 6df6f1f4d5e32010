#!/usr/bin/env bash
# Runs one step of the Makefile for check.sh, and adds to $TIMES its name, the
# seconds that it took by the clock and of the processors, and its exit status.
set -euo pipefail
printf -- '-- %s begins\n' "$1"
start="$SECONDS" status=0
"$MAKE" --no-print-directory "$1" || status=$?

# The second line of times is that of the children, as 1m2.345s 0m6.789s.
cpu="$(times | awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, "[ms]"); n += 60 * t[1] + t[2] } printf "%d", n }')"
printf '%s %s %s %s\n' "$1" "$((SECONDS - start))" "$cpu" "$status" >>"$TIMES"
exit "$status"
