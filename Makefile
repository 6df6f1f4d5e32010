# One gate for people and for CI: make check. The targets are listed by make alone.

export GOWORK := $(CURDIR)/go.work
# Inputs, not seconds: Go before 1.27 sometimes reports the end of a time as a
# failure (go.dev/issue/75804).
FUZZTIME ?= 3000x

# The steps of the gate. The quick ones come first, then the longest, which the
# others run beside.
STEPS := format linked tidy api race vet lint cover rest standalone benchmarks fuzz
# So many steps run at once. Some mostly wait, and some mostly compute.
JOBS ?= 2

# The packages whose coverage is held: the root, internal/ and those beside them.
OWN := . ./internal/... ./alert ./attest ./challenge ./entra ./escalation ./webhook

# Files and directories whose lines are held to the widths that
# scripts/internal/widths tells: all of them.
WIDTHS_CLEAN := .

header = @printf '\n== %s\n'

.DEFAULT_GOAL := help
.PHONY: help check $(STEPS) test soak bench load upgrade faults release mutate modules description golden

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

check: ## run every step that CI runs, see that they leave the tree as it was, and print what each took
	@MAKE="$(MAKE)" JOBS=$(JOBS) scripts/check.sh $(STEPS)

# A step of check. The line names make, so that make shows it at once and keeps
# the lines of the step together.
timed-%:
	@MAKE="$(MAKE)" scripts/timed.sh $*

format: ## list the files that gofmt would change, and the lines that are too wide
	$(header) 'gofmt, and the widths of lines'
	@files="$$("$$(go env GOROOT)/bin/gofmt" -l .)" && \
	if [ -n "$$files" ]; then printf 'not formatted, run gofmt -w:\n%s\n' "$$files" >&2; exit 1; fi
	@go run ./scripts/internal/widths $(WIDTHS_CLEAN)

vet: ## run go vet on the whole workspace
	$(header) 'go vet work'
	@go vet work

tidy: ## see that each module's go.mod and go.sum are tidy
	$(header) 'go mod tidy -diff, each module'
	@scripts/each-module.sh go mod tidy -diff

linked: ## compare the modules linked into a user's program with linked-modules.txt
	$(header) 'linked modules'
	@scripts/linked.sh

lint: ## run golangci-lint on every module; the first time builds it, which takes a few minutes
	$(header) 'golangci-lint, every module'
	@scripts/lint.sh

api: ## compare the exported API with api/: a break must be announced in CHANGELOG.md
	$(header) 'exported API'
	@scripts/api.sh

# make vet has looked at everything that go test would look at again.
test: ## run every test, as the README says; check does so in two parts, cover and rest
	$(header) 'go test work'
	@scripts/test.sh -vet=off -timeout 30m work

# SQLite and the C library beneath it are C that a program has translated to Go.
# They are not watched: the portal's tests take a sixth of the time then.
# Packages that share generic code with others must be watched.
C_IN_GO := -race=false -d=checkptr=0
UNWATCHED := '-gcflags=modernc.org/sqlite/lib=$(C_IN_GO)' '-gcflags=modernc.org/libc=$(C_IN_GO)' \
	'-gcflags=modernc.org/memory=$(C_IN_GO)'
# A process that is watched sleeps for a second before it ends, unless told not to.
race: export GORACE := atexit_sleep_ms=10
race: ## run every test under the race detector, in another order each time
	$(header) 'go test -race -shuffle=on work'
	@scripts/test.sh -race $(UNWATCHED) -shuffle=on -vet=off -timeout 30m work

cover: ## run every test of the root package, internal/ and those beside them, and hold their statement coverage
	$(header) 'go test -cover, the packages whose coverage is held'
	@scripts/cover.sh $(OWN)

rest: ## run every test that cover does not
	$(header) 'go test, every other package'
	@scripts/rest.sh $(OWN)

standalone: ## build each module without the workspace, and run the tests that are another program then
	$(header) 'each module without the workspace'
	@WORKSPACE=$(GOWORK) scripts/each-module.sh $(CURDIR)/scripts/standalone.sh

# What is 100,000 where it is measured is 1,000 with -short.
benchmarks: ## run every Go benchmark once, so that none can rot
	$(header) 'go test -short -bench . -benchtime 1x, each package that has one'
	@go test -run '^$$' -short -vet=off -bench . -benchtime 1x \
		$$(git grep -lE --untracked '^func Benchmark' -- '*_test.go' | xargs -n 1 dirname | sort -u | sed 's|^|./|')

fuzz: ## run every fuzz target for FUZZTIME (3000x, that is inputs)
	$(header) 'fuzz targets, $(FUZZTIME) each'
	@scripts/fuzz.sh $(FUZZTIME)

soak: ## dispatch to a million partners, then to a tenth of them under the race detector, and run 100,000 cases through a month; two minutes
	go run ./proof/soak
	go run -race ./proof/soak -partners 100000
	go run ./proof/soak -cases 100000

bench: ## measure each job beside what a user would pick instead, and print the ratios; a minute or two
	go run ./bench

LOAD_LARGE ?= 1000000
LOAD_CASES ?= 100000

load: ## measure the portal at full size, beside an older version too, and fail on a miss; needs root, PostgreSQL and an hour or two
	go run ./examples/portal/load -job all -partners 100000 -large-partners $(LOAD_LARGE) \
		-large-customers $$((3 * $(LOAD_LARGE)))
	PORTAL_CASES=$(LOAD_CASES) PORTAL_NO_SKIP=1 go test -count=1 -timeout 2h -v -run '^TestADayOfCases$$' \
		./examples/portal/internal/queue

upgrade: ## let a worker of OLDER (d79ced1) send while the database is upgraded; needs PostgreSQL and this repository's history
	go run ./examples/portal/faults -older $(or $(OLDER),d79ced1)

faults: ## break what is around the portal, with real processes, and prove who is told all the same; needs PostgreSQL and Postfix; two minutes
	go run ./examples/portal/faults

mutate: ## break the code in every way that gremlins knows, and print which breaks no test notices; half an hour
	@scripts/mutate.sh

release: ## build the programs into dist/ from the last commit, with SBOM and licences; fails unless two folders give the same
	@scripts/release.sh

description: ## rewrite api/, the description of the exported API: once a release
	@scripts/api.sh -w

modules: ## rewrite linked-modules.txt
	@scripts/linked.sh -w

golden: ## rewrite the golden files: read the difference before you commit it
	@scripts/golden.sh
