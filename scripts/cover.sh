#!/usr/bin/env bash
# Runs the tests of the packages given, and measures which statements of these
# packages they reach. Not less than 97 % will do: cover.sh . ./internal/...
set -euo pipefail
least=97

own="$(go list "$@")"
# Import paths hold no spaces: unquoted, each is an argument of its own. What
# each package reaches by itself says nothing, and is cut off.
# shellcheck disable=SC2086
scripts/test.sh -vet=off -timeout 30m -coverpkg="${own//$'\n'/,}" -coverprofile=coverage.out $own | sed 's/coverage: .*//'

# A block stands in the profile once for each test binary. It is covered if any
# of them reached it.
awk -v least="$least" '
	NR > 1 { size[$1] = $2; if ($3 > 0) reached[$1] = 1 }
	END {
		for (block in size) { all += size[block]; if (block in reached) hit += size[block] }
		if (all == 0) { print "the coverage profile is empty"; exit 1 }
		printf "coverage of the root package, internal/ and the packages beside them: %.2f %% (%d of %d statements), at least %d %% wanted\n", 100 * hit / all, hit, all, least
		exit (100 * hit < least * all)
	}
' coverage.out || {
	go tool cover -func=coverage.out | grep -v '100.0%' >&2
	exit 1
}
