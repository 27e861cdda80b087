# `make demo` and `make test` need Python 3.11 or newer, pip and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SHELL := /bin/bash

.PHONY: demo test soak check bench install install-dev docs results clean

demo: install  ## Read an example meeting and print what was decided.
	@$(BIN)/decisions extract examples/pricing-review.vtt

test: install-dev  ## Run every test, the checks among them.
	$(BIN)/python -m pytest -n 3 --dist worksteal $(TESTS)

soak: install-dev  ## The long way: 200 mutants of every file, 300 kills of the nightly job, ten rounds of every fault of the index.
	DECISIONS_SOAK=1 $(BIN)/python -m pytest -n 2 -rP tests/sources/test_fuzzing.py
	DECISIONS_SOAK=1 $(BIN)/python -m pytest -n 2 tests/nightly/test_crashes.py tests/log/test_concurrency.py
	DECISIONS_SOAK=1 $(BIN)/python -m pytest -n 2 tests/log/test_reviewed.py tests/test_real_meetings.py tests/spreading \
	    tests/test_gate.py tests/nightly/test_nights.py tests/review
	DECISIONS_SOAK=1 DECISIONS_INDEX_ROUNDS=10 $(BIN)/python -m pytest tests/test_chunking.py tests/test_grounding.py \
	    tests/sources tests/index tests/test_index_storage.py --ignore tests/sources/test_fuzzing.py

check: install-dev  ## Lint, format, types, import contract, generated pages.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check

bench: install-dev  ## Speed, each figure beside a yardstick from the same run.
	@for script in tests/benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: install-dev  ## Write the generated pages again: the CLI reference and the README's picture.
	$(BIN)/python -m docs.generate

results: install-dev  ## Write evals/RESULTS.md again from the stored runs.
	$(BIN)/python evals/write_results.py

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("decisions needs Python 3.11 or newer, this is " + sys.version.split()[0] + \
	    "; name another with: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "Setting up .venv (about a minute, once)."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e '.[eval]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

clean:  ## Remove the environment and every cache.
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
