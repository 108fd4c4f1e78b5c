# What one can do here: `make help`. Only python3 (3.11 or newer) and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export JALON_HOME ?= $(CURDIR)/.jalon
# pip talks to a person only when something is wrong
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench clean

help: ## say what one can do
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# One stamp a kind of installation: a second run installs nothing.
$(VENV)/.installed: pyproject.toml .ci/constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned versions into $(VENV) (a few minutes the first time)..."
	@$(PIP) install -c .ci/constraints.txt torch==2.13.0
	@$(PIP) install -c .ci/constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(PIP) install -c .ci/constraints.txt -e '.[test]'
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@$(PIP) install -c .ci/constraints.txt -e '.[test,bench]'
	@touch $@

run: $(VENV)/.installed ## set up, index the demo, serve the web chat and say where
	@$(BIN)/jalon serve

test: $(VENV)/.installed-test ## set up with the test tools, run the suite
	@$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow"

lint: $(VENV)/.installed-test ## check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.installed-test ## format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/.installed-bench ## measure against the peers and rewrite tests/bench/RESULTS.md
	@$(BIN)/python -m tests.bench

clean: ## remove the environment and the local index
	@rm -rf $(VENV) .jalon
