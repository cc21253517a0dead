# Vuosikello from a fresh clone. Needs git, make, python3 (3.11 or newer) and python3-venv; no root.
#   make report   the annual report of the default area: Word, PDF and web page
#   make test     style, types, house rules and tests
#   make bench    speed against the plain way of doing it
#   make lock     new lock files after a change in pyproject.toml
#   make clean    removes everything that can be made again, out/ apart

# The first of these that is new enough; to choose another: make PYTHON=/path/to/python3 report
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
PERIOD ?= 2021
WORKERS ?= 2
UV_VERSION := 0.13.9

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all:
COMPILE = .cache/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-config --quiet $(UPGRADE)

define MAKE_VENV
$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
  for python in $(PYTHON); do \
    $$python -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && break; python=; done; \
  [ "$$python" ] || { echo "Vuosikello needs Python 3.11 or newer; found none among: $(PYTHON)" >&2; exit 1; }; \
  $$python -m venv --clear .venv || { echo "Could not make .venv; is the package python3-venv installed?" >&2; exit 1; }; }
endef

# The stamps of a .venv whose Python no longer starts (the folder was moved, the system was upgraded) do not count, and
# MAKE_VENV makes it anew.
$(shell [ ! -e .venv/report.stamp ] || .venv/bin/python -c "" 2>/dev/null || rm -f .venv/report.stamp .venv/test.stamp)

.DELETE_ON_ERROR:
.PHONY: report test slow bench lock clean

report: .venv/report.stamp
	@$(BIN)/python build.py report annual $(PERIOD)

test: .venv/test.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow"

slow: .venv/test.stamp
	$(BIN)/python -m pytest -n $(WORKERS) -m slow

bench: .venv/report.stamp
	@$(BIN)/python -m benchmarks.run

# The stamps say which lock file was installed; without a change in it, nothing is started.
.venv/report.stamp: requirements.lock
	@$(MAKE_VENV)
	@echo "Installing the packages of $< ..."
	@$(INSTALL) -r $<
	@$(BIN)/python -m compileall -q figures reports
	@touch $@

.venv/test.stamp: requirements-dev.lock .venv/report.stamp
	@echo "Installing the packages of $< ..."
	@$(INSTALL) -r $<
	@touch $@

lock: .venv/report.stamp
	@[ -x .cache/lock/bin/uv ] || { $(BIN)/python -m venv .cache/lock && .cache/lock/bin/pip install --quiet uv==$(UV_VERSION); }
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
