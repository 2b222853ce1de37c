# Commands of the project; bare `make` lists them.
SHELL := /bin/bash
BIN := .venv/bin
export SCHOOLWARD_HOME ?= $(CURDIR)/home

.DEFAULT_GOAL := list
.PHONY: list setup run demo test check fix bench docs screenshots

list: ## List these commands
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: ## Install everything locked into .venv
	@tools/set-up.sh

run: setup ## Serve the demo district on http://localhost:8000 (PORT changes it)
	@exec $(BIN)/python tools/run.py

demo: setup ## Build the demo district where there is none, and show its links
	@$(BIN)/schoolward demo

test: setup ## Run all tests, browser and PostgreSQL included where they are
	@tools/test.sh $(ARGS)

check: setup ## Lint, types, templates, floors, migrations, dependencies
	@tools/check.sh

fix: setup ## Mend what the linter and the formatter can mend
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: setup ## List the benchmarks; ARGS=NAME runs one
	@tools/bench.sh $(ARGS)

docs: setup ## Write the parts of docs/ that come from the code
	@tools/docs.sh

screenshots: setup ## Take the README's screenshots from the demo district
	@$(BIN)/python tools/screenshots.py
