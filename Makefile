# Two commands do all the set-up: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: env dev demo test test-all test-s3 test-n8n check bench docs screenshots lock

env: .venv/.run
dev: .venv/.dev

.venv/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Groovelog needs Python 3.11 or newer. If you have one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: env
	$(BIN)/groovelog demo $(ARGS)

test: dev
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

test-all: dev
	GROOVELOG_TEST_ALL=1 $(BIN)/pytest -n 2 --dist worksteal -m "" $(ARGS)

# The tests of a lake in a bucket on a real S3 server: GROOVELOG_TEST_S3_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
test-s3: dev
	$(BIN)/pytest tests/lake/test_bucket.py tests/lake/test_bucket_races.py tests/lake/test_bucket_faults.py -m "" $(ARGS)

# The workflows in integrations/n8n, run by the n8n that GROOVELOG_N8N names (with a Node of 24 or newer on the PATH).
test-n8n: dev
	$(BIN)/pytest -m "" -rPs tests/integrations/test_n8n.py $(ARGS)

check: dev
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry src

bench: dev
	$(BIN)/python -m benchmarks.run $(ARGS)

docs: dev
	$(BIN)/python docs/data_dictionary.py > docs/data-dictionary.md
	$(BIN)/python docs/report_pages.py > docs/reports.md
	$(BIN)/python docs/polling_page.py > docs/polling.md
	$(BIN)/python docs/streamlit_config.py > integrations/streamlit_cloud/.streamlit/config.toml

screenshots: dev
	$(BIN)/python docs/screenshots.py

# The lock names versions and hashes, never where they come from. Needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
