#!/usr/bin/env bash
# Runs every fuzz target of the workspace, one after the other: fuzz.sh 5s
set -euo pipefail
fuzztime="$1"

files='{{$p := .}}{{range .TestGoFiles}}{{$p.ImportPath}} {{$p.Dir}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$p.ImportPath}} {{$p.Dir}}/{{.}}{{"\n"}}{{end}}'
targets="$(go list -f "$files" work | while read -r package file; do
	[ -z "$file" ] || sed -nE "s|^func (Fuzz[[:alnum:]_]*)\(.*\*testing\.F\).*|$package \1|p" "$file"
done)"
if [ -z "$targets" ]; then
	echo 'no fuzz target found' >&2
	exit 1
fi

fuzz() { go test -run '^$' -fuzz "^$target\$" -fuzztime "$fuzztime" "$package" >fuzz.log 2>&1 </dev/null; }

# Go before 1.27 sometimes reports the end of the time as a failure (go.dev/issue/75804). A real one writes its input down.
ended_badly() { grep -q 'context deadline exceeded' fuzz.log && ! grep -q 'Failing input written' fuzz.log; }

while read -r package target; do
	if ! fuzz && ! { ended_badly && echo "$target: once more, Go lost the race with its own clock" && fuzz; }; then
		cat fuzz.log >&2
		exit 1
	fi
	if ! last="$(grep 'fuzz: elapsed' fuzz.log | tail -n 1)"; then
		cat fuzz.log >&2
		echo "$package $target did not run" >&2
		exit 1
	fi
	printf '%-40s %s\n' "$package $target" "${last#fuzz: }"
done <<<"$targets"
