#!/usr/bin/env bash
# Holds the module in the current directory without the workspace. Everything is
# built and vetted. A test binary that is made of the same files either way was
# run by make cover or make rest: only the others run, and those that call the
# go command.
set -euo pipefail
export GOWORK=off

# Each package with its directory, which names the version of its module; each
# test binary with the packages that it is made of.
parts() {
	go list -test -deps -f '{{.ImportPath}}|{{.Dir}}|{{.DefaultGODEBUG}}|{{if eq .Name "main"}}{{join .Deps ","}}{{end}}' ./... | sort
}

# The packages whose files call the go command: it finds the workspace by itself.
callers() {
	go list -f '{{range .GoFiles}}{{$.ImportPath}} {{$.Dir}}/{{.}}{{"\n"}}{{end}}{{range .TestGoFiles}}{{$.ImportPath}} {{$.Dir}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$.ImportPath}} {{$.Dir}}/{{.}}{{"\n"}}{{end}}' ./... |
		while read -r package file; do
			if [ -n "$file" ] && grep -qE 'exec\.Command(Context)?\(.*"go",' "$file"; then echo "$package"; fi
		done
}

alone="$(parts)"
together="$(GOWORK="$WORKSPACE" parts)"
changed="$(awk -F'|' '
	NR == FNR { dir[$1] = $2; debug[$1] = $3; next }
	{ if (dir[$1] != $2) moved[$1] = 1; if ($1 ~ /\.test$/) { parts[$1] = $4; if (debug[$1] != $3) other[$1] = 1 } }
	END {
		for (binary in parts) {
			n = split(parts[binary], part, ",")
			for (i = 1; i <= n; i++) if (part[i] in moved) other[binary] = 1
			if (binary in other) { sub(/\.test$/, "", binary); print binary }
		}
	}
' <(printf '%s\n' "$together") <(printf '%s\n' "$alone"))"

go vet ./...
run="$(printf '%s\n' "$changed" "$(callers)" | sed '/^$/d' | sort -u)"
# Import paths hold no spaces: unquoted, each is an argument of its own.
# shellcheck disable=SC2086
[ -z "$run" ] || go test -short -vet=off $run
