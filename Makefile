unexport PYTHONDONTWRITEBYTECODE  # the start would compile every module each time

PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test test-long check bench scam-weights lock clean

help:  ## what can be asked of make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

install: .venv/installed  ## make .venv with what the bot needs, every package pinned by hash

install-dev: .venv/installed-dev

.venv/installed: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: .venv/installed tests/requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

run: install  ## with a token in .env: the bot; without: the demo at http://127.0.0.1:8080
	$(BIN)/python -m bot

test: check  ## lint, types, import contracts, and every test but the slow proofs
	$(BIN)/python -m pytest

test-long: install-dev  ## the slow proofs: long kill runs and load
	$(BIN)/python -m pytest -m long

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install-dev  ## measure against the peers; prints a table, writes bench.json
	$(BIN)/python -m tests.bench

scam-weights: install-dev  ## fit the weights of the scam check again, after its words or messages changed
	$(BIN)/python -m tests.domain.fit_scams

lock: install-dev  ## pin the newest allowed versions again, with hashes and no addresses
	$(BIN)/pip install --quiet uv
	$(COMPILE) --group dev pyproject.toml -o tests/requirements.lock
	$(COMPILE) -c tests/requirements.lock pyproject.toml -o requirements.lock

clean:  ## remove .venv and caches; data/var stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
