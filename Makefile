# Every command of the project. `make help` lists them; docs/development.md explains them.
# A stamp file named after the content of what it was made from marks a finished step, so a second run skips it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DJANGO_SETTINGS_MODULE ?= config.settings

digest = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
FRONT_SOURCES = $(sort $(shell find static/src static/public -type f 2>/dev/null)) vite.config.js tsconfig.json
PYTHON_STAMP := .venv/installed-$(call digest,requirements-dev.lock pyproject.toml)
NODE_STAMP := node_modules/.installed-$(call digest,package-lock.json .npmrc)
FRONT_STAMP := static/dist/.built-$(call digest,$(FRONT_SOURCES) package-lock.json)

.PHONY: help setup run test bench fuzz lint format lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(PYTHON_STAMP) $(NODE_STAMP) $(FRONT_STAMP) ## make the environment: .venv, node_modules and the built front end
	@:

run: setup ## set up, migrate, load the samples and serve on http://localhost:8000 (PORT=… for another port)
	@exec python -m config.serve --port $(PORT)

test: setup ## check and test everything, with PostgreSQL, Redis and Chromium started for it
	@python -m tests.services -- python -m tests.everything

bench: setup ## measure speed and size, printed as a table
	@python -m tests.bench

fuzz: setup ## feed the reader a million inputs
	@python -m tests.fuzz

lint: $(NODE_STAMP) ## check style and types
	@python -m tests.lint

format: $(NODE_STAMP) ## rewrite every source file in the house style
	@ruff check --fix --quiet . || true
	@ruff format --quiet .
	@npx --no-install eslint --fix static/src || true
	@npx --no-install stylelint --fix "static/src/**/*.css" --allow-empty-input || true
	@npx --no-install prettier --write --log-level warn static/src

lock: $(BIN)/uv ## work out the locked versions again, after a change in pyproject.toml or package.json
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@npm install --package-lock-only --no-audit --no-fund

clean: ## remove what was made here, but not your data in var/
	rm -rf .venv node_modules static/dist

# --- the steps of `make setup` ----------------------------------------------------------------------------------------

# Debian and Ubuntu split `venv` from Python, so it may have to be installed first.
define ensure_venv
command -v $(PYTHON) >/dev/null || { \
	echo "Python was not found. Install Python 3.11 or newer, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Plainspark needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version)." >&2; \
	echo "Name a newer one: make setup PYTHON=python3.11" >&2; exit 1; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "Python's venv module is missing; installing it with apt."; \
	package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	sudo=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	{ $$sudo apt-get update -qq && $$sudo apt-get install -y -qq "$$package" </dev/null; } || { \
		echo "Please install it yourself (sudo apt install $$package), then run make again." >&2; exit 1; }; }
endef

$(BIN)/python:
	@$(ensure_venv)
	@rm -rf .venv
	@$(PYTHON) -m venv .venv

$(BIN)/uv: | $(BIN)/python
	@python -m pip install --quiet --disable-pip-version-check uv

$(PYTHON_STAMP): | $(BIN)/python
	@echo "Installing the Python packages into .venv"
	@python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f .venv/installed-*
	@touch $@

$(NODE_STAMP): $(PYTHON_STAMP)
	@echo "Installing the Node packages into node_modules"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONT_STAMP): $(NODE_STAMP)
	@echo "Building the front end into static/dist"
	@npm run --silent build
	@find static/dist -type f -regex '.*\.\(js\|css\|svg\|json\)' -exec gzip --best --keep --force {} +
	@touch $@
