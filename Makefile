# `make` alone lists what there is. Everything works on a machine that has only Python 3.11.
BIN := .venv/bin
PY := $(BIN)/python
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run stop test test-long check fix bench bench-full pictures resetdb messages browser

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## the virtual environment with everything in it

$(READY): requirements.txt requirements-dev.txt
	@PYTHON="$(PYTHON)" mmc_portal/local/setup.sh

run: $(READY) ## the whole portal with demo people; PORT, SANDBOX_PORT, HOST, VAR_DIR move it
	@exec $(PY) -m mmc_portal.local run

stop: $(READY) ## stop what runs, embedded servers included
	@exec $(PY) -m mmc_portal.local stop

test: $(READY) browser ## the whole suite
	$(PY) -m pytest -n auto

test-long: $(READY) browser ## the suite with full matrices, simulations, fault and fuzz runs
	LONG=1 HYPOTHESIS_PROFILE=long $(PY) -m pytest -n auto -m "long or not long"

check: $(READY) ## everything but the tests: format, lint, imports, templates, migrations, settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --check
	$(BIN)/djlint templates --lint
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py catalogues --check
	set -a; . mmc_portal/local/complete.env; \
	DJANGO_SETTINGS_MODULE=mmc_portal.settings.production $(PY) manage.py check --deploy --fail-level ERROR

fix: $(READY) ## format, and repair what the linters can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet

bench: $(READY) ## the benchmarks, one figure a line
	@if [ -d bench ]; then exec $(PY) -m bench; else echo "There are no benchmarks yet."; fi

bench-full: $(READY) ## the benchmarks in the sizes that are asked for; some take hours
	@exec $(PY) -m bench --full

resetdb: $(READY) ## forget the demo's data
	@exec $(PY) -m mmc_portal.local resetdb

messages: $(READY) ## compile the translations after an edit
	$(PY) manage.py catalogues --compile

pictures: $(READY) ## pictures of the main pages for docs/, of the portal that make run has started
	@$(PY) -m mmc_portal.local.pictures

browser: $(READY) ## find or install Chromium for the browser tests
	@$(PY) -m mmc_portal.local browser
