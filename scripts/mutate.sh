#!/usr/bin/env bash
# Mutation tests of the packages given, or of the root package and those below
# it. Prints the mutants that no test notices, then the score. It fails if
#   - fewer than 95 % are killed in all;
#   - a mutant lives in one of the files that hold the decisions.
#
# CONTRIBUTING.md says of each survivor why it cannot matter.
set -euo pipefail
least=95
decisions='^(policy|verification|revision|route)\.go:'
log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# The time limit of a mutant is so many times the time of all tests below its
# package. A cached run would make it far too short.
export GOFLAGS="${GOFLAGS:-} -count=1"
[ $# -gt 0 ] || set -- . $(go list -f '{{.Dir}}' ./internal/... ./alert ./attest ./challenge ./entra ./escalation ./webhook | sed "s|^$PWD|.|")
for package; do
	echo "package $package"
	limit=10 pattern='$^'
	[ "$package" != . ] || limit=3 pattern='/' # the root package alone: what lies below it has its turn
	GOWORK=off go tool -modfile=tools/go.mod gremlins unleash --timeout-coefficient "$limit" -E "$pattern" "$package" 2>&1 |
		sed -u "s|^|$package |" | tee -a "$log" | grep --line-buffered -E ' (LIVED|ERROR)' || true
done

# gremlins does not see the condition of a case as a part of any block, and
# calls it not covered. It is counted apart.
awk -v least="$least" -v decisions="$decisions" '
	$2 == "KILLED" { killed++ }
	$2 == "TIMED" && $3 == "OUT" { killed++; slow++ }
	$2 == "LIVED" { lived++; if ($1 == "." && $5 ~ decisions) undecided++ }
	$2 == "NOT" && $3 == "COVERED" { unseen++ }
	END {
		if (killed == 0) { print "no mutant was tried"; exit 1 }
		score = 100 * killed / (killed + lived)
		printf "killed %d (%d of them by the time limit), lived %d, not tried %d: ", killed, slow, lived, unseen
		printf "%.2f %%, at least %d %% wanted; %d lived in the decisions, 0 wanted\n", score, least, undecided
		exit (score < least || undecided > 0)
	}
' "$log"
