#!/usr/bin/env bash
# Runs every test of the workspace under the race detector. Those of the packages in own also measure the statements of these
# packages that they reach, and not less than 97 % will do.
set -euo pipefail
least=97

own="$(go list . ./internal/... ./entra ./challenge ./webhook)"
others="$(go list work | grep -vxF "$own" || true)"

# Import paths hold no spaces: unquoted, each is an argument of its own.
# shellcheck disable=SC2086
scripts/test.sh -race -shuffle=on -coverpkg="${own//$'\n'/,}" -coverprofile=coverage.out $own
# shellcheck disable=SC2086
[ -z "$others" ] || go test -race -shuffle=on $others

# A block stands in the profile once for each test binary: it is covered if any of them reached it.
awk -v least="$least" '
	NR > 1 { size[$1] = $2; if ($3 > 0) reached[$1] = 1 }
	END {
		for (block in size) { all += size[block]; if (block in reached) hit += size[block] }
		if (all == 0) { print "the coverage profile is empty"; exit 1 }
		printf "coverage of the root package, internal/ and the packages beside it: %.2f %% (%d of %d statements), at least %d %% wanted\n", 100 * hit / all, hit, all, least
		exit (100 * hit < least * all)
	}
' coverage.out || {
	go tool cover -func=coverage.out | grep -v '100.0%' >&2
	exit 1
}
