#!/usr/bin/env bash
# Prints a fingerprint of the working tree: what differs from the last commit,
# and a hash of how.
set -euo pipefail
git status --porcelain
{
	git diff --binary
	git diff --binary --cached
	git -c core.quotePath=false ls-files --others --exclude-standard | git hash-object --stdin-paths
} | git hash-object --stdin
