# Shopguide. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data/shop
HOST ?= 127.0.0.1
PORT ?= 8000
CASES ?= eval/cases/sample_held.jsonl
TEST ?= tests
# Benchmarks read judged catalogs that are not part of the project: a folder as docs/benchmarks.md describes it.
BENCH_DATA ?= ../shared/data
# Without npm the tests that need it are skipped.
JS := $(if $(shell command -v npm),tests/contract/js/node_modules/.package-lock.json docs/schema/node_modules/.package-lock.json)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/ready ## Make the environment in .venv, encoder weights included

# Not a plain timestamp on pyproject.toml: a half-made environment must not look ready.
$(VENV)/ready: pyproject.toml constraints.txt
	@echo "setting up $(VENV) (some minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[all,eval,dev]'
	@$(BIN)/guide-index models fetch
	@touch $@

$(DATA)/CURRENT: | setup
	@$(BIN)/guide-index build sample --data $(DATA)

.PHONY: index
index: setup ## Index the sample shop into $(DATA); quick when nothing changed
	@$(BIN)/guide-index build sample --data $(DATA)

.PHONY: run
run: $(DATA)/CURRENT ## Set everything up, index the sample shop, serve API and widget page
	@$(BIN)/guide serve --data $(DATA) --host $(HOST) --port $(PORT)

.PHONY: test
test: setup $(JS) ## Set everything up and run the whole check: lint, types, contracts, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q $(TEST)

.PHONY: ai-sdk
ai-sdk: tests/contract/js/node_modules/.package-lock.json ## Install the parser of the AI SDK that our stream is tested with (needs npm)

# npm writes that file last.
%/node_modules/.package-lock.json: %/package-lock.json
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: schema
schema: setup $(JS) ## Write docs/schema: OpenAPI, event schema and TypeScript types, as the code has them
	@$(BIN)/python docs/generate_schema.py

.PHONY: fmt
fmt: setup ## Format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: bench
bench: setup ## Retrieval, build and search figures beside their baselines, as JSON (needs BENCH_DATA)
	@$(BIN)/python -m bench.retrieval --data $(BENCH_DATA)

.PHONY: bench-encode
bench-encode: setup ## Encoding speed beside sentence-transformers, as JSON (needs BENCH_DATA)
	@$(BIN)/python -m bench.encode --data $(BENCH_DATA)

.PHONY: bench-startup
bench-startup: setup ## Median time of every --help, as JSON
	@$(BIN)/python -m bench.startup

.PHONY: browser
browser: setup ## Look at guide-eval's report page in a real browser (needs Chromium; skipped without it)
	@$(BIN)/pytest -q tests/browser

.PHONY: fuzz
fuzz: setup ## 5,000 damaged feeds of every format, then the bombs, as JSON; fails at a crash, a hang or a bomb that went off
	@$(BIN)/python -m bench.feeds.fuzz
	@$(BIN)/python -m bench.feeds.defuse

.PHONY: crash
crash: setup ## Kill, fill and damage a shop at every step while it is asked; prints JSON (TMPDIR in memory helps)
	@$(BIN)/python -m bench.crash

.PHONY: clean
clean: ## Remove the environment and the built data
	rm -rf $(VENV) data
