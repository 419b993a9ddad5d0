# The whole manual: demo, test, check, fmt. Each does all set-up it needs; continuous integration calls the same.

PYTHON ?= python3
PORT ?= 8000
OUT ?= journey
ARGS ?=
BIN := .venv/bin

export PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check fmt journey bench ready-demo ready-check ready-tests

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ready-demo ## Run the portal with invented people and calls on http://localhost:8000 (PORT=8001 for another)
	@exec $(BIN)/python -m portal.devstack

demo-reset: ready-demo ## Forget everything that was done in the demo, so that the next `make demo` starts over
	@exec $(BIN)/python -m portal.devstack --forget

test: ready-tests ## Run every test (ARGS="tests/calls -x" to choose)
	@exec $(BIN)/python -m pytest -n 4 --dist loadgroup --no-loadscope-reorder -q $(ARGS)

check: ready-check ## Judge style, types, templates, layers and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports
	$(BIN)/python -m portal.setup.beside_servers sh -euc '$(BIN)/mypy && \
		$(BIN)/python manage.py check --fail-level WARNING && \
		DATABASE_ROLE=owner $(BIN)/python manage.py makemigrations --check --dry-run'

fmt: ready-check ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

journey: ready-tests ## Walk a call through the whole portal over HTTP; keep every PDF and journey.json (OUT=journey)
	@exec $(BIN)/python -m portal.demo --out $(OUT)

bench: ready-tests ## Measure pages, letters, a batch and query plans at 1,000 and 100,000 applications (ARGS="--only pdf" to choose)
	@exec $(BIN)/python -m benchmarks $(ARGS)

ready-demo ready-check ready-tests: ready-%:
	@$(PYTHON) portal/setup/system_packages.py $*
	@$(PYTHON) portal/setup/environment.py $*
	@$(BIN)/python -m portal.setup $*
