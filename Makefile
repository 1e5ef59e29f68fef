# Every command sets itself up. `make demo` and `make test` are enough on a fresh machine.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ifndef TOGETHER
.NOTPARALLEL:
endif
export WORKBOOK_BROWSER WORKBOOK_FIREFOX WORKBOOK_OFFICE PYTHON
# Compiled modules are kept, whatever the machine says: the tests start hundreds of Pythons.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PYTEST := $(BIN)/pytest -q
# A file's tests stay together, because they share its fixtures. The longest files come first, as
# tests/conftest.py sorts them. A third worker for everything was tried on two cores: pages of
# JupyterLab then came too late for their tests, and the whole was no quicker.
PARALLEL := --dist loadfile --no-loadscope-reorder
# What mostly waits, for typing, for clocks and for processes to end: it runs beside the others.
PATIENT := $(addprefix tests/,batch/test_cluster.py batch/test_engine_limits.py \
	faults/test_interrupted.py notebooks/test_runner.py store/test_postgresql_server.py \
	workshop/test_ends.py workshop/test_phone.py $(addprefix browser/session/test_,chaos.py \
	journey.py moving.py robot.py two_people.py typing.py))
# What the quick tests need not even import. nbval's plugin alone takes a second of every process.
UNIT := -p no:nbval $(addprefix --ignore=tests/,browser notebooks packaging faults batch/test_cluster.py) \
	--hypothesis-profile=quick -m "not (browser or notebooks or packaging or slow)"
INSTALLED := .venv/.installed

.PHONY: help install demo test busy patient check static lint javascript types imports unit format \
	notebooks outcomes contactsheets screenshots reference sbom bench coverage mutants sabotages \
	harden lock browser office postgresql strace clean

help:  ## show this list
	@sed -nE 's/^([a-z]+):.*  ## (.*)/\1\t\2/p' Makefile | expand -t 14

install: $(INSTALLED)  ## put everything into .venv (quick when nothing changed)

$(INSTALLED): requirements.lock pyproject.toml .ci/install
	@.ci/install

demo: install  ## evaluate the example engagements and write their reports
	@$(BIN)/workbook demo

test: install browser office postgresql strace  ## run every test: notebooks, browser, packaging
	@$(MAKE) --no-print-directory --jobs 3 TOGETHER=1 busy patient static

busy: install
	$(PYTEST) -n 2 $(PARALLEL) $(addprefix --ignore=,$(PATIENT))

patient: install
	$(PYTEST) $(PATIENT)

check: install  ## the checks to run before a commit: no kernel, no browser, nothing slow
	@$(MAKE) --no-print-directory --jobs 3 --output-sync=target TOGETHER=1 unit static

static: lint javascript types imports

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

javascript: install
	@.ci/javascript/check

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports --no-logo

unit: install
	$(PYTEST) -n 2 $(PARALLEL) $(UNIT)

format: install  ## format the code and fix what ruff can fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

notebooks: install  ## run the notebooks again and store their outputs
	$(BIN)/python -m tests.notebooks.refresh

outcomes: install  ## run by Papermill’s default engine what the comparison has to know anew
	$(BIN)/python -m tests.batch.default_outcomes

contactsheets: install office  ## make the pictures of all office documents again
	$(BIN)/python -m docs.contact_sheets

screenshots: install browser  ## make the pictures of the documentation again
	$(BIN)/python -m docs.screenshots

reference: install  ## write the references again: Python surface, findings, evaluation
	$(BIN)/python -m docs.python_surface
	$(BIN)/python -m docs.findings_list
	$(BIN)/python -m docs.evaluation_schema

sbom: install  ## write what an installation is made of: dist/sbom.cdx.json (CycloneDX)
	@$(BIN)/python -m docs.sbom

bench: install  ## measure against peers and write benchmarks/RESULTS.md; QUICK=1: a first look
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

coverage: install $(if $(QUICK)$(TESTS),,browser office postgresql strace)  ## measure which branches tests reach; QUICK=1, TESTS=…: a part
	$(BIN)/coverage erase
	-$(BIN)/coverage run -m pytest -q -n 2 $(PARALLEL) $(if $(QUICK),$(UNIT)) $(TESTS)
	$(BIN)/python -m tests.branches

mutants: install  ## break FILES on purpose, and count what the tests notice
	$(BIN)/python -m tests.mutants $(FILES) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(RECORD),--record) $(if $(TESTS),--tests $(TESTS))

sabotages: install  ## break forty promises on purpose, and see that the tests notice; ONLY=11-20: some
	$(BIN)/python -m tests.sabotages $(ONLY)

harden: install browser strace  ## try faults, bad input and payloads for 40 minutes; MINUTES=5: a look
	$(BIN)/python -m tests.harden $(if $(MINUTES),--minutes $(MINUTES)) $(if $(ONLY),--only $(ONLY))

lock: install  ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade \
	  --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

browser:
	@.ci/browser install >/dev/null
	@.ci/browser install firefox >/dev/null

office:
	@.ci/office install >/dev/null

postgresql:
	@.ci/postgresql install >/dev/null

strace:
	@.ci/strace install >/dev/null

clean:  ## remove the environment and everything that was made
	rm -rf .venv build dist reports .mypy_cache .pytest_cache .ruff_cache .import_linter_cache \
	  .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
