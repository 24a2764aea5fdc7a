# `make run` serves the editor; `make test` passes every test. Nothing else is needed but Python >= 3.11.
PYTHON ?= python3
BIN := .venv/bin
WEB := vitrail/web
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
# Servers that start again and again, as in the tests, must not compile themselves each time.
COMPILE := $(BIN)/python -m compileall -q vitrail -x node_modules
FAULTS := durability.py compaction.py backpressure.py nodes.py
PACKAGES := tests/peers tests/published tests/deploy clients/typescript
SOURCES := $(shell find $(WEB)/src vitrail/builder/data -type f)

run: .make/run
	$(COMPILE)
	$(BIN)/vitrail serve

test: .make/test .make/conform
	$(COMPILE)
	cd $(WEB) && $(NODE) npm run --silent test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile
	$(BIN)/python -m tests.conformance --examples 1

check: .make/check
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/lint-imports && $(BIN)/basedpyright
	cd $(WEB) && $(NODE) npm run --silent lint
	cd $(WEB) && $(NODE) npx biome ci --diagnostic-level=warn $(CURDIR)/clients/typescript/src/*.ts
	cd clients/typescript && $(NODE) npm run --silent lint

# The clients of other programs are of docs/schema.graphql: `vitrail schema` writes that.
clients: .make/run
	$(BIN)/python -m clients.generator

# What takes longer than a suite may: every place to die at, everybody back at once; two minutes of attacks.
faults: .make/test
	$(COMPILE)
	EVERY_FAULT=1 $(BIN)/python -m pytest tests/faults $(addprefix tests/collab/test_,$(FAULTS))

fuzz: .make/test
	$(COMPILE)
	$(BIN)/python -m tests.fuzz --seconds 120

# The routes for programs, held to their description by programs of others; `make test` asks less of each.
conform: .make/conform
	$(COMPILE)
	$(BIN)/python -m tests.conformance

# An environment of its own: schemathesis is a plugin of every pytest beside it, and brings twenty packages (pydantic among
# them) that the server would seem to have.
.make/conform: .make/test locks/conform.txt
	$(BIN)/uv venv --quiet $@
	$(BIN)/uv pip install --quiet --python $@/bin/python --requirement locks/conform.txt

# All of them, also when one of them says that a goal is missed.
BENCHES := "start.py" "editor.py" "recovery.py --runs 3" "graphql/run.py --rounds 3" "collab/run.py --short"
bench: .make/test
	@status=0; for each in $(BENCHES); do $(BIN)/python benchmarks/$$each || status=1; done; exit $$status

.make/uv:
	$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check uv
	@mkdir -p .make && touch $@

# The locks are made by `make lock`; hashes are required, so nothing else can be installed.
.make/run: .make/uv pyproject.toml locks/run.txt $(WEB)/package-lock.json $(SOURCES)
	$(BIN)/uv pip install --quiet --compile-bytecode --requirement locks/run.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

.make/test: .make/run locks/test.txt $(addsuffix /package-lock.json,$(PACKAGES))
	$(BIN)/uv pip install --quiet --compile-bytecode --requirement locks/test.txt
	test -d $(WEB)/node_modules || (cd $(WEB) && $(NODE) npm ci --no-audit --no-fund --silent)
	for folder in $(PACKAGES); do (cd $$folder && $(NODE) npm ci --no-audit --no-fund --silent) || exit 1; done
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
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate benchmarks/graphql/peers/requirements.in -o locks/bench-graphql.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate benchmarks/collab/load/requirements.in -o locks/compiler.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate tests/conformance/requirements.in -o locks/conform.txt

browser:
	cd tests/browser && $(NODE) npm ci --no-audit --no-fund --silent && $(NODE) node unpack.mjs .chromium

# `clients` is a folder, too.
.PHONY: run test check clients faults fuzz conform bench browser lock
