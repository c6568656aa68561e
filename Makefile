# `make demo` shows the bot working, `make test` proves it; both set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
COMPILED := $(VENV)/.compiled

.DEFAULT_GOAL := help
.PHONY: help env env-nlp demo test lint types imports pytest schema lock clean bench-discord bench-slack faults syscalls replicas pauses bench-delivery bench-feeds bench-files bench-stories day bench-index

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: $(STAMP) $(COMPILED) ## the environment alone, in .venv

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Lede needs Python 3.11 or newer, not " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: env ## a web page with a briefing and a working /who, on http://127.0.0.1:8080
	@echo "Lede is on http://127.0.0.1:8080 - Ctrl+C stops it"
	STATE_DIR=var/demo DATABASE_URL=sqlite:///var/demo/lede.db $(BIN)/lede run --only web

$(COMPILED): $(STAMP) hatch_build.py $(wildcard bot/index/*.py bot/index/*.pxd)
	$(BIN)/python hatch_build.py
	touch $@

bench-index: env ## the entity index on generated names, beside a hash and a fuzzy scorer (NAMES=100000)
	$(BIN)/python -m tests.bench.index --names $(or $(NAMES),100000)

test: lint types imports pytest ## linters, types, floors and tests

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: env
	$(BIN)/mypy

imports: env
	$(BIN)/lint-imports

pytest: env
	$(BIN)/pytest -n auto

schema: env ## write digests/digest.schema.json from the model
	$(BIN)/python -m bot.stores.files.schema digests/digest.schema.json

bench-discord: env ## commands acknowledged and channels briefed over the stand-in
	$(BIN)/python -m tests.bench.discord $(BENCH)

bench-slack: env ## commands acknowledged and channels briefed over the stand-in, about four minutes
	$(BIN)/python -m tests.bench.slack $(BENCH)

faults: env ## the bot killed at random while a stand-in platform misbehaves (N=1000 for more)
	$(BIN)/python -m tests.faults.killing --kills $(or $(N),150) --seed $(or $(SEED),1) --database $(or $(DATABASE),sqlite)

syscalls: env ## one briefing killed at every system call with an effect (STEP=10 for every tenth)
	$(BIN)/python -m tests.faults.syscalls --step $(or $(STEP),1) --database $(or $(DATABASE),sqlite)

replicas: env ## replicas race on a PostgreSQL, killed, stopped, the server crashed (N=20000 REPLICAS=4 for more)
	$(BIN)/python -m tests.faults.racing --slots $(or $(N),1000) --replicas $(or $(REPLICAS),2) --seed $(or $(SEED),1)

pauses: env ## a process stopped at random while it writes messages, woken past its lease (N=2000 for more)
	$(BIN)/python -m tests.faults.pausing --pauses $(or $(N),500) --seed $(or $(SEED),1)

bench-delivery: env ## slots a second on SQLite and PostgreSQL, start-up with many past deliveries
	$(BIN)/python -m tests.bench.delivery $(BENCH)

bench-feeds: env ## feeds a minute and articles a second over loopback
	$(BIN)/python -m tests.bench.feeds $(BENCH)

bench-files: env ## ten thousand digests loaded, reloaded, checked
	$(BIN)/python -m tests.bench.files $(BENCH)

bench-stories: env ## a change of the library beside arranging all anew (BENCH="--digests 50000")
	$(BIN)/python -m tests.bench.stories $(BENCH)

day: env ## a simulated day with 200 feeds, good and bad (FEEDS=50 for less)
	$(BIN)/python -m tests.bench.day --feeds $(or $(FEEDS),200)

env-nlp: env ## the optional tagger into .venv as well
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-nlp.lock

lock: ## pin every dependency with hashes again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml --extra nlp -c requirements.lock -o requirements-nlp.lock

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
