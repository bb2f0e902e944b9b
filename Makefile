# entente: setup, demo, test. A fresh machine needs Python 3.11 and make, nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TREEBANKS ?= ../shared/treebanks

.PHONY: setup demo test check lock bench train train-reader clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml models/en_entente/pyproject.toml models/en_entente_reader/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "entente needs Python 3.11 or newer; set PYTHON=…"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation ./models/en_entente
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation ./models/en_entente_reader
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

bench: setup
	$(BIN)/python benchmarks/speed.py $(wildcard ../shared/gold/dev)
	$(BIN)/python benchmarks/startup.py

# Trains the learned reader again from its sentences, and fits what joins it to the rules.
train-reader:
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/pip install --quiet --require-hashes --no-deps -r models/recipe/requirements-train.txt
	$(BIN)/python models/reader/passages.py benchmarks/gold benchmarks/written benchmarks/alike --marked models/reader/sentences/report-*.txt --to runs/reader/passages.json
	PYTHONPATH=models/en_entente:models/en_entente_reader OMP_NUM_THREADS=1 .venv-train/bin/python models/reader/retrain.py runs/reader --passages runs/reader/passages.json --seed 1
	$(BIN)/python models/reader/fit_relate.py --write
	$(BIN)/python models/reader/fit.py $(wildcard ../shared/gold/seed.json ../shared/gold/dev) benchmarks/written benchmarks/alike benchmarks/fresh --check benchmarks/unseen --plot docs/reliability.svg --write

# Trains the English pipeline again; the time it takes stands in its card. Needs its own lock, which setup never installs.
train:
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/pip install --quiet --require-hashes --no-deps -r models/recipe/requirements-train.txt
	PYTHONPATH=models/en_entente OMP_NUM_THREADS=1 .venv-train/bin/python models/recipe/retrain.py $(TREEBANKS) runs/en_entente --seed 1

demo: setup
	$(BIN)/entente demo

test: setup
	sh scripts/check

check: test

lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
