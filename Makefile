# Two commands do everything on a fresh Debian machine with python3 and git: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test test-faults fuzz audit lint bench bench-search golden eval lock clean help

site: $(VENV)/.site ## build seeds/ into site/
	$(BIN)/digest build

serve: $(VENV)/.site ## live preview, rebuilt when something changes
	$(BIN)/digest serve

test: $(VENV)/.dev .chromium tests/js/node_modules ## everything that proves it works, Chromium included
	$(BIN)/pytest

test-faults: $(VENV)/.dev .chromium ## kills, full disks, damage, hostile text and files, with counts (as root, for all)
	KILLS=100 HYPOTHESIS_PROFILE=quick $(BIN)/pytest tests/faults tests/site/test_killed_builds.py tests/site/test_hostile_seeds.py

READER ?= $$($(FUZZ) --list)
FOR ?= 60
FUZZ := PYTHONPATH=. $(BIN)/python tools/fuzz.py
fuzz: $(VENV)/.dev ## let Atheris look for bytes that break a reader (READER=a.html FOR=600 seconds)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tools/fuzz.txt
	for one in $(READER); do echo "$$one"; $(FUZZ) $$one -max_total_time=$(FOR) -verbosity=0 || exit 1; done

audit: $(VENV)/.dev ## known vulnerabilities of what is installed; says so when nobody answers
	tools/audit $(BIN)

lint: $(VENV)/.dev tests/js/node_modules ## style, types and the project's own data
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/digest check
	tools/audit $(BIN)
	cd tests/js && npx tsc --project . && node workflows.js $(abspath $(wildcard .github/workflows/*.yml))

golden: $(VENV)/.dev ## rewrite the golden files after a wanted change; then read the diff
	$(BIN)/pytest tests/golden --update-golden -q

eval: $(VENV)/.site ## precision and recall on labelled articles (CORPUS=folder of the COUNTER corpus)
	$(BIN)/python evaluation/score.py $(CORPUS)

N ?= 100,1000
PEERS ?= hugo,pagefind,eleventy,pelican,zensical,mkdocs
REPEAT ?= 3
bench: $(VENV)/.site .bench/.installed ## speed and memory, alone and against other builders (N=100,1000 PEERS=hugo,mkdocs REPEAT=3)
	$(BIN)/python benchmarks/analysis.py
	$(BIN)/python -m benchmarks.publishing --articles $(N) --builders ours,$(PEERS) --repeat $(REPEAT)

BUILDERS := benchmarks/builders
.bench/.installed: $(BUILDERS)/python.txt $(BUILDERS)/pelican.txt $(BUILDERS)/package-lock.json | .node
	for one in python pelican; do tools/make-venv $(PYTHON) .bench/$$one && \
	    .bench/$$one/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(BUILDERS)/$$one.txt || exit 1; done
	mkdir -p .bench/node && cp $(BUILDERS)/package.json $(BUILDERS)/package-lock.json .bench/node/
	cd .bench/node && npm ci --no-audit --no-fund --silent
	touch $@

bench-search: $(VENV)/.site benchmarks/peers/node_modules ## search against its peers (ARTICLES=10000)
	$(BIN)/python -m benchmarks.search $(ARTICLES)

lock: $(VENV)/.dev ## pin the newest versions that pyproject.toml allows
	tools/lock

clean: ## remove what the commands here made
	rm -rf $(VENV) .bench site .digest .mypy_cache .pytest_cache .ruff_cache .hypothesis

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

%/node_modules: %/package-lock.json | .node
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(VENV)/.python:
	tools/make-venv $(PYTHON) $(VENV)
	touch $@

$(VENV)/.site: $(VENV)/.python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.site requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

.PHONY: .chromium
.chromium:
	@command -v chromium chromium-browser >/dev/null || tools/apt-install chromium

.PHONY: .node
.node:
	@command -v node >/dev/null && command -v npm >/dev/null || tools/apt-install nodejs npm
