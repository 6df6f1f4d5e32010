#!/usr/bin/env bash
# Builds what a release holds into dist/, from the last commit and nothing else:
# the programs for each of PLATFORMS, and for each program what is linked into it
# (a CycloneDX SBOM) and the licences of that. It builds in two folders, and
# fails if they differ by a byte.
set -euo pipefail
export GOWORK=off CGO_ENABLED=0 LC_ALL=C GOFLAGS=-mod=readonly
PLATFORMS="${PLATFORMS:-linux/amd64 linux/arm64 darwin/arm64 windows/amd64}"
PROGRAMS="${PROGRAMS:-portal contactlint}"

if [ -n "$(git status --porcelain)" ]; then
	echo 'the tree has changes that are not committed: a release is of a commit' >&2
	exit 1
fi
dist="$PWD/dist"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
tool="$work/sbom"
go build -o "$tool" ./scripts/internal/sbom

# build FOLDER: clones into it, and builds there.
build() {
	git clone --quiet --no-hardlinks . "$1/source"
	for program in $PROGRAMS; do
		for platform in $PLATFORMS; do
			os="${platform%/*}" arch="${platform#*/}" name="$program-${platform/\//-}"
			[ "$os" != windows ] || name="$name.exe"
			(cd "$1/source/examples/$program" && GOOS="$os" GOARCH="$arch" go build -trimpath -o "$1/out/$name" .)
			"$tool" -module "$1/source/examples/$program" -sbom "$1/out/$name.cdx.json" -licenses "$1/out/$name.licenses.txt" \
				"$1/out/$name"
		done
	done
	(cd "$1/out" && sha256sum -- * >SHA256SUMS)
}
build "$work/one"
build "$work/another/with a longer path"

if ! diff -r "$work/one/out" "$work/another/with a longer path/out" >&2; then
	echo 'the same commit gives other files in another folder' >&2
	exit 1
fi
if grep -rl --binary-files=text -F "$work" "$work/one/out" >&2; then
	echo 'a file tells where it was built' >&2
	exit 1
fi
rm -rf "$dist"
mv "$work/one/out" "$dist"
printf 'dist/ holds, the same from two folders:\n'
cat "$dist/SHA256SUMS"
