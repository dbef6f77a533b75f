# Sets everything up and runs it. Needs Python 3.11 or newer and make; nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: serve lab test soak bench lint bundle docs linkcheck sbom lock clean help

help:           ## show this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/: .*##/\t/'

serve: .venv/run  ## start the workshop and print the link and the staff key
	$(BIN)/myths serve $(ARGS)

lab: .venv/run  ## open JupyterLab on the notebooks and the content
	$(BIN)/myths lab $(ARGS)

test: lint  ## check and test everything
	sh tests/system.sh
	$(BIN)/pytest -n 2 --dist loadfile -m "not soak"

soak: .venv/dev  ## the slow fault and endurance runs, and the second engine: about two hours
	sh tests/system.sh soak
	$(BIN)/pytest -n 2 --dist loadfile -m soak --timeout 3600

bench: .venv/dev  ## measure our pages beside stock Voila, Panel and Streamlit
	$(BIN)/python -m bench $(ARGS)

docs: .venv/dev  ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -j auto docs docs/_build/html

linkcheck: .venv/dev  ## try the documentation's links to other sites
	$(BIN)/sphinx-build -q -b linkcheck docs docs/_build/linkcheck

lint: .venv/dev node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/myths check
	$(BIN)/node node_modules/.bin/biome ci --error-on-warnings
	$(BIN)/node node_modules/.bin/tsc
	$(BIN)/node bundle.js --check

bundle: .venv/dev node_modules/.package-lock.json  ## make the pages' scripts and styles anew, after a change to one
	$(BIN)/node bundle.js

sbom: .venv/dev  ## write what the server is made of into sbom.cdx.json (CycloneDX)
	$(BIN)/cyclonedx-py requirements --output-reproducible --spec-version 1.6 \
	  --pyproject pyproject.toml --mc-type application -o sbom.cdx.json requirements.txt

lock: .venv/dev  ## compile the pinned requirements anew
	$(BIN)/uv pip compile $(LOCK) --extra postgres --extra build -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --all-extras -o requirements-dev.txt pyproject.toml
	for each in panel streamlit voila; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    -o bench/requirements-$$each.txt bench/requirements-$$each.in || exit 1; done
	$(BIN)/npm install --package-lock-only

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run

node_modules/.package-lock.json: package-lock.json .npmrc | .venv/dev
	$(BIN)/npm ci
	@touch $@

clean:          ## remove what was set up; the answers in data/ stay
	rm -rf .venv node_modules
