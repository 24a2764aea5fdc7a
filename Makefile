# `make run` serves the editor; `make test` passes every test. Nothing else is needed but Python >= 3.11.
PYTHON ?= python3
BIN := .venv/bin
WEB := vitrail/web
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
# Servers that start again and again, as in the tests, must not compile themselves each time.
COMPILE := $(BIN)/python -m compileall -q vitrail -x node_modules
SOURCES := $(shell find $(WEB)/src vitrail/builder/data -type f)

run: .make/run
	$(COMPILE)
	$(BIN)/vitrail serve

test: .make/test
	$(COMPILE)
	cd $(WEB) && $(NODE) npm run --silent test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: .make/check
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/lint-imports && $(BIN)/basedpyright
	cd $(WEB) && $(NODE) npm run --silent lint

bench: .make/test
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/editor.py
	$(BIN)/python benchmarks/collab/run.py --short

.make/uv:
	$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check uv
	@mkdir -p .make && touch $@

# The locks are made by `make lock`; hashes are required, so nothing else can be installed.
.make/run: .make/uv pyproject.toml locks/run.txt $(WEB)/package-lock.json $(SOURCES)
	$(BIN)/uv pip install --quiet --compile-bytecode --requirement locks/run.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

.make/test: .make/run locks/test.txt $(foreach folder,peers published deploy,tests/$(folder)/package-lock.json)
	$(BIN)/uv pip install --quiet --compile-bytecode --requirement locks/test.txt
	test -d $(WEB)/node_modules || (cd $(WEB) && $(NODE) npm ci --no-audit --no-fund --silent)
	for folder in peers published deploy; do (cd tests/$$folder && $(NODE) npm ci --no-audit --no-fund --silent) || exit 1; done
	command -v chromium >/dev/null || $(MAKE) browser
	@touch $@

.make/check: .make/test locks/check.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --requirement locks/check.txt
	@touch $@

lock: .make/uv
	$(BIN)/uv lock
	$(BIN)/uv export --frozen --no-emit-project --no-header --no-annotate --extra fast -o locks/run.txt
	$(BIN)/uv export --frozen --no-emit-project --no-header --no-annotate --extra fast --extra scale --extra obs --group test -o locks/test.txt
	$(BIN)/uv export --frozen --no-emit-project --no-header --no-annotate --extra fast --extra scale --extra obs --group test --group lint -o locks/check.txt
	$(BIN)/uv export --frozen --no-emit-project --no-header --no-annotate --extra fast --extra scale --extra ai --extra obs -o locks/serve.txt
	rm uv.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate benchmarks/collab/peers/requirements.in -o locks/bench.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate benchmarks/collab/load/requirements.in -o locks/compiler.txt

browser:
	cd tests/browser && $(NODE) npm ci --no-audit --no-fund --silent && $(NODE) node unpack.mjs .chromium

.PHONY: run test check bench browser lock
