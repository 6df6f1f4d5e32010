# One gate for people and for CI: make check. The targets are listed by make alone.

export GOWORK := $(CURDIR)/go.work
# Inputs, not seconds: Go before 1.27 sometimes reports the end of a time as a failure (go.dev/issue/75804).
FUZZTIME ?= 10000x

# Tools are a module of their own, outside the workspace.
LINT := go tool -modfile=$(CURDIR)/tools/go.mod golangci-lint

# The steps of the gate, the fast ones first.
STEPS := format vet tidy linked lint api test standalone cover benchmarks fuzz

header = @printf '\n== %s\n'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help check $(STEPS) soak bench load mutate modules description golden

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

check: ## run every step that CI runs, and see that they leave the tree as it was
	@before="$$(scripts/tree.sh)" && \
	$(MAKE) --no-print-directory $(STEPS) && \
	printf '\n== the tree is as it was\n' && \
	after="$$(scripts/tree.sh)" && \
	if [ "$$before" != "$$after" ]; then \
		echo 'a step, or somebody meanwhile, has changed these files:' >&2; git status --short >&2; exit 1; \
	fi
	@printf 'make check: every step passed\n'

format: ## list the files that gofmt would change
	$(header) 'gofmt'
	@files="$$("$$(go env GOROOT)/bin/gofmt" -l .)" && \
	if [ -n "$$files" ]; then printf 'not formatted, run gofmt -w:\n%s\n' "$$files" >&2; exit 1; fi

vet: ## run go vet on the whole workspace
	$(header) 'go vet work'
	@go vet work

tidy: ## see that each module's go.mod and go.sum are tidy
	$(header) 'go mod tidy -diff, each module'
	@scripts/each-module.sh go mod tidy -diff

linked: ## compare the modules linked into a user's program with linked-modules.txt
	$(header) 'linked modules'
	@scripts/linked.sh

lint: ## run golangci-lint on each module; the first time builds it, which takes a few minutes
	$(header) 'golangci-lint, each module'
	@scripts/each-module.sh $(LINT) run ./...

api: ## compare the exported API with api/: a break must be announced in CHANGELOG.md
	$(header) 'exported API'
	@scripts/api.sh

test: ## run every test, as the README says
	$(header) 'go test work'
	@scripts/test.sh work

standalone: ## run the tests of each module on its own, without the workspace, but for those that take a minute
	$(header) 'go test -short ./..., each module without the workspace'
	@scripts/each-module.sh go test -short ./...

cover: ## run every test under the race detector and hold the statement coverage
	$(header) 'go test -race work, with coverage'
	@scripts/cover.sh

benchmarks: ## run every Go benchmark once, so that none can rot
	$(header) 'go test -bench . -benchtime 1x work'
	@go test -run '^$$' -bench . -benchtime 1x work

fuzz: ## run every fuzz target for FUZZTIME (10000x, that is inputs)
	$(header) 'fuzz targets, $(FUZZTIME) each'
	@scripts/fuzz.sh $(FUZZTIME)

soak: ## dispatch to a million partners, then to a tenth of them under the race detector, and run 100,000 cases through a month; two minutes
	go run ./proof/soak
	go run -race ./proof/soak -partners 100000
	go run ./proof/soak -cases 100000

bench: ## measure each job beside what a user would pick instead, and print the ratios; a minute or two
	go run ./bench

load: ## tell 100,000 partners of an incident through the portal, on SQLite and on PostgreSQL if it is installed; five minutes
	go run ./examples/portal/load

mutate: ## break the code in every way that gremlins knows, and print which breaks no test notices; half an hour
	@scripts/mutate.sh

description: ## rewrite api/, the description of the exported API: once a release
	@scripts/api.sh -w

modules: ## rewrite linked-modules.txt
	@scripts/linked.sh -w

golden: ## rewrite the golden files: read the difference before you commit it
	@scripts/golden.sh
