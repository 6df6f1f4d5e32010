#!/usr/bin/env bash
# Runs every fuzz target of the workspace, one after the other: fuzz.sh 10000x
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

while read -r package target; do
	if ! go test -run '^$' -fuzz "^$target\$" -fuzztime "$fuzztime" -fuzzminimizetime 1000x "$package" >fuzz.log 2>&1 </dev/null; then
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
