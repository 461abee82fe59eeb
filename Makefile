# 帮扶订单: the commands to remember. `make` alone lists them.
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench learn soak lock clean

help: ## List these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(VENV)/ready ## Make .venv and install what the program needs

$(VENV)/ready: requirements.txt
	@echo "正在准备运行环境，第一次约 1–2 分钟 … (installing into $(VENV))"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup ## Start the demo: three phones on one page, no token, no network
	@$(PY) bot.py demo

test: $(VENV)/ready-dev ## Run every test
	@$(PY) -m pytest -n auto --dist loadscope --no-loadscope-reorder

check: $(VENV)/ready-dev ## Lint, types, dependency audit
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pip check
	@$(PY) -m pip_audit --require-hashes --disable-pip --progress-spinner off -r requirements.txt

bench: $(VENV)/ready-dev ## Measure every figure of the README on this machine
	@$(PY) -m benchmarks

learn: $(VENV)/ready-dev ## Learn the kinds of messages and the signs of topics anew from the labelled texts
	@$(PY) -m matching.reading.training tests/matching/eval/needs.jsonl tests/matching/cases/*.jsonl tests/matching/own/*_work.jsonl

soak: $(VENV)/ready-dev ## The long crash and fuzz runs
	@$(PY) -m pytest -m soak --timeout 3600

lock: ## Renew the hash-pinned requirements from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -q -o requirements.txt
	@uv pip compile pyproject.toml --group dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" -q -o requirements-dev.txt

clean: ## Remove .venv, caches and the demo's data
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build data
