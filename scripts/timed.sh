#!/usr/bin/env bash
# Runs one step of the Makefile for check.sh, and adds to $TIMES its name, the
# seconds that it took by the clock and of the processors, and its exit status.
set -euo pipefail
printf -- '-- %s begins\n' "$1"
start="$SECONDS" status=0
"$MAKE" --no-print-directory "$1" || status=$?

# The second line of times is that of what this shell has run, as 1m2.3s 0m4.5s.
# In a pipe it would be that of the pipe.
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
times >"$log"
cpu="$(awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, "[ms]"); n += 60 * t[1] + t[2] } printf "%.0f", n }' "$log")"
printf '%s %s %s %s\n' "$1" "$((SECONDS - start))" "$cpu" "$status" >>"$TIMES"
exit "$status"
