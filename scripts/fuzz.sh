#!/usr/bin/env bash
# Runs every fuzz target of the workspace, one after the other: fuzz.sh 3000x
set -euo pipefail
fuzztime="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cache="$(go env GOCACHE)/fuzz" # where go test keeps the inputs that reach new code

files='{{$p := .}}{{range .TestGoFiles}}{{$p.ImportPath}} {{$p.Dir}} {{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$p.ImportPath}} {{$p.Dir}} {{.}}{{"\n"}}{{end}}'
targets="$(go list -f "$files" work | while read -r package dir file; do
	[ -z "$file" ] || sed -nE "s|^func (Fuzz[[:alnum:]_]*)\(.*\*testing\.F\).*|$package $dir \1|p" "$dir/$file"
done)"
if [ -z "$targets" ]; then
	echo 'no fuzz target found' >&2
	exit 1
fi

built=
while read -r package dir target; do
	# The targets of a package follow one another, so one binary serves them all.
	if [ "$built" != "$package" ]; then
		go test -c -vet=off -fuzz . -o "$work/test" "$package"
		built="$package"
	fi
	if ! (cd "$dir" && "$work/test" -test.run '^$' -test.fuzz "^$target\$" -test.fuzztime "$fuzztime" \
		-test.fuzzminimizetime 1000x -test.fuzzcachedir "$cache/$package") >"$work/log" 2>&1 </dev/null; then
		cat "$work/log" >&2
		exit 1
	fi
	if ! last="$(grep 'fuzz: elapsed' "$work/log" | tail -n 1)"; then
		cat "$work/log" >&2
		echo "$package $target did not run" >&2
		exit 1
	fi
	printf '%-40s %s\n' "$package $target" "${last#fuzz: }"
done <<<"$targets"
