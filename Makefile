# dutygraph: `make demo` answers a question from the real registers, `make test` installs what tests need and passes them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Where the demo keeps its store and index; leave out to use the platform's data folder.
DUTYGRAPH_HOME ?= $(CURDIR)/.dutygraph
export DUTYGRAPH_HOME

# Made with npm where there is npm: the code editor of the SPARQL page, and a client that tests the endpoint. Without
# it that page keeps its plain text area, and the tests of both are skipped, saying so.
EDITOR := api/dutygraph_api/static/editor/editor.js
COMUNICA := tests/api/comunica/node_modules/.package-lock.json
NPM := npm --no-audit --no-fund --loglevel=error
with_npm = @if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(1); else echo 'no npm: without $(1)'; fi

# The parts of the question bank that calibration learns from.
TAUGHT := $(foreach part,development test blind citizens clerks situations everyday traps english officials,tests/questions/$(part).jsonl)

.DEFAULT_GOAL := check
.PHONY: check set-up editor comunica demo serve test lint types imports bench model calibrate docs clean

check: test lint types imports ## everything that CI checks

set-up: $(VENV)/.installed ## a virtual environment with the program

$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch $@

editor: ## bundle the code editor of the SPARQL page, when there is npm
	$(call with_npm,$(EDITOR))

$(EDITOR): api/browser/package.json api/browser/package-lock.json $(wildcard api/browser/*.js)
	$(NPM) ci --prefix api/browser
	$(NPM) run build --prefix api/browser --silent

comunica:
	$(call with_npm,$(COMUNICA))

$(COMUNICA): tests/api/comunica/package.json tests/api/comunica/package-lock.json
	$(NPM) ci --prefix tests/api/comunica
	@touch $@

demo: $(VENV)/.installed ## build from the real registers and answer two questions
	$(BIN)/dutygraph build
	$(BIN)/dutygraph ask '邻居家的狗整天叫，吵得睡不着，归谁管？'
	$(BIN)/dutygraph ask 'who handles barking dogs?'

serve: $(VENV)/.installed editor ## web pages, API and SPARQL endpoint on http://127.0.0.1:8000
	$(BIN)/dutygraph serve

test: $(VENV)/.installed-dev editor comunica ## install what the tests need and run them
	$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev ## measure; prints figures, asserts nothing
	$(BIN)/python tests/bench/run.py

model: $(VENV)/.installed-training ## train the encoder again (half an hour on two idle cores)
	OMP_WAIT_POLICY=passive $(BIN)/python -m dutygraph.retrieve.training build/encoder src/dutygraph/retrieve/encoder

$(VENV)/.installed-training: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[training]'
	@touch $@

calibrate: $(VENV)/.installed-dev ## learn again what evidence is worth in answering, with the encoder and by words
	$(BIN)/dutygraph calibrate $(TAUGHT) --placed data/calibration/placed.jsonl --report docs
	$(BIN)/dutygraph calibrate $(TAUGHT) --placed data/calibration/placed.jsonl --encoder none --report docs

docs: $(VENV)/.installed-dev ## write the generated pages of docs/ again
	PYTHONPATH=tests $(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) .dutygraph build dist
