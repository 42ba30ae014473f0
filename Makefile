# The whole toolbox. `make` alone tells what there is.
#
#   PORT=8001 make run                     another port
#   DATABASE_URL=postgres://… make test    the suite on PostgreSQL
#   make test ARGS="tests/placements -x"   a part of it

# The first Python of at least 3.11; name another one with PYTHON=….
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
ARGS ?=
# Measuring coverage doubles the time; it says something of a whole run only.
COVERAGE ?= $(if $(ARGS),,yes)
export VENV

BIN := $(VENV)/bin
SOURCES := accounts banenafspraak candidates coaching employers exchange files placements progress tests tools ui
RULES := */services.py,*/services/*,*/rules.py,placements/counting/*
# Commands that only look: never at the database or the .env of this checkout.
LOOK := DJANGO_SETTINGS_MODULE=tests.settings DATABASE_URL=sqlite://:memory:
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run test check bench a11y-full screenshots format lock clean runtime dev

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

run: runtime ## Start the site with demonstration data on http://localhost:8000
	@$(BIN)/python tools/run.py

test: dev ## Run the whole test suite and hold the rules to their coverage
	$(BIN)/python -m pytest -n auto --dist loadgroup $(if $(COVERAGE),--cov --cov-report=) $(ARGS)
	$(if $(COVERAGE),$(BIN)/coverage report --include='$(RULES)' --skip-covered --fail-under=95)

check: dev ## Look for faults without running the suite: style, types, boundaries, migrations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(LOOK) $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(LOOK) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python tools/check_deploy.py

bench: dev ## Measure time and memory (docs/prestaties.md)
	$(BIN)/python -m pytest -m bench -p no:randomly -s $(ARGS)

a11y-full: dev ## Look at every page in every role, light and dark, wide and narrow
	$(BIN)/python -m pytest tests/browser -n auto --a11y-full $(ARGS)

screenshots: dev ## Take the pictures of the README and the manual again
	$(BIN)/python tools/screenshots.py

format: dev ## Put the source in its standard shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: dev ## Pin the newest allowed dependencies, with hashes
	$(LOCK) --upgrade --output-file requirements/runtime.txt pyproject.toml
	$(LOCK) --upgrade --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt pyproject.toml

clean: ## Remove the environment and everything made along the way (data and .env stay)
	rm -rf $(VENV) staticfiles test-results htmlcov
	rm -rf .coverage* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

runtime dev:
	@$(if $(PYTHON),,echo "Python 3.11 or newer is needed; name one with PYTHON=…" >&2; exit 1)
	@$(PYTHON) tools/environment.py $@
