# make run, make test, and what goes with them. Every step that was done is remembered beside the
# environment, so that a second `make run` starts at once and asks no network.

PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input install --quiet
DONE := .venv/done

# An environment whose Python is gone, as after moving to another machine, is built anew.
$(shell $(PYTHON) -c '' 2>/dev/null || rm -rf $(DONE))

.PHONY: help setup run test shots bench soak wheel sbom audit lock fmt clean
.SILENT:

help:
	echo 'make run     start Clientele (ARGS="…" are handed on: make run ARGS="import shop.csv")'
	echo 'make test    all checks and tests'
	echo 'make setup   only build the environment for both, in .venv, and start nothing'
	echo 'make shots   pictures of every page, in build/shots'
	echo 'make bench   how fast it is, in build/bench.json'
	echo 'make soak    kill it, fail its disk, work it for weeks; ten times as many examples (hours)'
	echo 'make wheel   the package, in dist: the same bytes for the same commit'
	echo 'make sbom    the list of all that is bundled, in dist, as CycloneDX'
	echo 'make audit   ask for known weaknesses of what is locked (needs a network)'
	echo 'make fmt     put the code in shape'
	echo 'make lock    write requirements/*.txt anew (ARGS=--upgrade for newer versions)'
	echo 'make clean   remove what was built, except .venv'

setup: $(DONE)/test $(DONE)/project
	scripts/system-libraries test

run: $(DONE)/project
	scripts/system-libraries run
	$(PYTHON) -m clientele $(ARGS)

# The summary of pytest is the last thing that is printed.
test: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m bandit --quiet --configfile pyproject.toml --recursive clientele
	$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

shots: setup
	$(PYTHON) scripts/shots.py $(ARGS)

bench: setup
	$(PYTHON) scripts/bench.py $(ARGS)

soak: setup
	$(PYTHON) scripts/soak.py $(ARGS)
	$(PYTHON) scripts/soak_faults.py
	$(PYTHON) scripts/soak_days.py
	TIMES_AS_MANY_EXAMPLES=10 $(PYTEST) -q -n 2 $$(grep -rl 'import examples$$' tests)

wheel: $(DONE)/run
	scripts/wheel

sbom: setup
	$(PYTHON) scripts/sbom.py

audit:
	scripts/audit $(ARGS)

lock:
	scripts/lock $(ARGS)

fmt: setup
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find clientele tests scripts -name __pycache__ -prune -exec rm -rf {} +

# An environment that works is kept, and made new where there is none or its Python is gone.
$(DONE)/python:
	python=.venv/bin/python; \
	if ! $$python -m pip --version >/dev/null 2>&1; then \
		python=$$(scripts/python) && \
		echo "Making .venv with $$python" && \
		$$python -m venv --clear .venv; \
	fi
	mkdir -p $(DONE)
	touch $@

$(DONE)/run: requirements/run.txt $(DONE)/python
	echo "Installing the packages of requirements/run.txt"
	$(PIP) --require-hashes --only-binary :all: -r requirements/run.txt
	touch $@

$(DONE)/test: requirements/test.txt $(DONE)/run
	echo "Installing the packages of requirements/test.txt"
	$(PIP) --require-hashes --only-binary :all: -r requirements/test.txt
	touch $@

# What builds the package is among the locked ones: nothing is fetched here.
$(DONE)/project: pyproject.toml $(DONE)/run
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	touch $@
