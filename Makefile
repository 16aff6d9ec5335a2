# make run | dev | test | lint | bench    (PORT=8001 make run, make test ARGS="-k sets")
#
# Everything is installed into .venv, from requirements*.txt, and only when those changed.

PORT ?= 8000
export PORT
ARGS ?=

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq install --require-hashes
STATIC := $(or $(VAR_DIR),var)/static/.stamp

.PHONY: run dev test lint bench static clean format lock

run: $(STATIC)
	@$(PY) manage.py serve

dev: .venv/stamp-run
	DEBUG=1 $(PY) manage.py migrate --verbosity 0
	DEBUG=1 $(PY) manage.py createcachetable
	DEBUG=1 $(PY) manage.py load_library
	DEBUG=1 $(PY) manage.py load_programs
	DEBUG=1 $(PY) manage.py load_demo --if-empty
	DEBUG=1 $(PY) manage.py runserver 127.0.0.1:$(PORT)

test: .venv/stamp-dev $(STATIC)
	$(PY) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/stamp-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 6.1 {} +
	.venv/bin/lint-imports --no-cache
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/stamp-dev $(STATIC)
	$(PY) -m tests.bench $(ARGS)

format: .venv/stamp-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 6.1 {} +

static: $(STATIC)

# Compiles the pins: needs `uv` on the PATH. No index address gets into the files.
lock:
	for name in requirements requirements-dev; do \
	  uv pip compile --no-config --universal --python-version 3.12 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate $$name.in --output-file $$name.txt || exit 1; \
	done

# The database (var/postgres) and the signing key stay.
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis $(dir $(STATIC))
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the targets above need ------------------------------------------------------------

$(STATIC): .venv/stamp-run legtraining/settings.py $(shell find static -type f)
	@$(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

.venv/stamp-run: requirements.txt | $(PY)
	@echo 'Installing what the application needs ...'
	@$(PIP) --requirement requirements.txt
	@touch $@

.venv/stamp-dev: requirements-dev.txt .venv/stamp-run
	@echo 'Installing what the tests need ...'
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

# A python that is on the PATH may be a shim that does not work, so each one is tried.
$(PY):
	@for python in python3.13 python3.12 python3.14 python3 python \
	    $$HOME/.pyenv/versions/*/bin/python $$HOME/.local/share/uv/python/*/bin/python3; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 || continue; \
	  "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { unusable="$$python"; continue; }; \
	  exec "$$python" -m venv --clear .venv; \
	done; \
	if [ -n "$$unusable" ]; then \
	  echo "$$unusable lacks the modules venv and ensurepip: install them (on Debian: apt-get install python3-venv)." >&2; \
	else \
	  echo 'Python 3.12 or newer is needed and was not found: install it, or put it on the PATH.' >&2; \
	fi; \
	exit 1
