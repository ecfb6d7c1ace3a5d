# Two commands matter: `make demo` and `make test`. Each does all its set-up on a machine that has only
# Python 3.11 and make. What is done already is not done again.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell $(name) -c 'import sys, venv, ensurepip; print(sys.version_info >= (3, 11) or "")' 2>/dev/null | grep True),$(name))))
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes --quiet
export PYTHONPATH := $(CURDIR):$(CURDIR)/platform

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset manage test check bench lock front

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.demo ## open the house with demo data; PORT=8000, Ctrl-C stops it
	@$(PY) -m infra.front
	@$(PY) -m infra.demo

demo-reset: $(VENV)/.demo ## forget the demo's data
	@$(PY) -m infra.demo reset

manage: $(VENV)/.demo ## a command of manage.py on the open demo; ARGS="release plan"
	@$(PY) -m infra.demo manage $(ARGS)

test: $(VENV)/.dev ## all tests, in a real browser and on a real database; ARGS="tests/apps/fees -x" runs some
	@$(PY) -m infra.front
	@$(PY) -m infra.testing $(ARGS)

check: $(VENV)/.dev ## ruff, mypy, import contracts, migrations, templates, translations
	@$(PY) -m infra.check

bench: $(VENV)/.demo ## how fast the main job, the fleet and the catalogue are; ARGS="--only fleet", "--only job" or "--only catalogue"
	@$(PY) -m infra.front
	@$(PY) -m compileall -q api apps infra platform tenants
	@$(PY) -m infra.bench $(ARGS)

front: $(VENV)/.demo ## build the front end if its sources changed
	@$(PY) -m infra.front

lock: $(VENV)/.lock ## make requirements/*.txt anew from pyproject.toml
	@$(PY) -m infra.lock

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên, có venv (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "▸ Môi trường Python ($(PYTHON)) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt | $(VENV)/bin/python
	@echo "▸ Thư viện ($<) …"
	@$(PIP) -r $<
	@touch $@
