# Everything sets itself up in .venv; only Python 3.11, pip and make must be there.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

MINUTES ?= 10

.PHONY: run test check system system-long stack-test dashboards-shot bench \
	bench-faults fuzz format clean

run: $(READY)  ## a minute of peak hour against the reference agent
	$(BIN)/voicesim run

test: $(READY)  ## unit, properties, conformance; then the production tests at the reference agent
	$(BIN)/pytest -n 2 tests/unit tests/properties tests/conformance
	$(BIN)/pytest tests/swarm  # a process of its own, as the next: Locust patches sockets
	$(BIN)/pytest tests/production --reference

# Most wait more than they work: those that hardly load the machine run three at a time, those with
# runs of many callers two, and those in which a moment's delay counts one after the other.
LIGHT := $(patsubst %,tests/system/test_%.py,\
	audit call containers edge_inputs explore history http_codes installing parties parting \
	personas production reference signals transport trends)
ALONE := tests/system/test_stack.py

system: $(READY)  ## the real programs on loopback
	$(BIN)/pytest -n 3 $(LIGHT)
	$(BIN)/pytest -n 2 $(filter-out $(LIGHT) $(ALONE),$(wildcard tests/system/test_*.py))
	$(BIN)/pytest $(ALONE)

check: $(READY)  ## format, lint, types, layers, generated files, containers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/make_state_diagram.py --check
	$(BIN)/python -m dashboards --check
	$(BIN)/python docs/make_twiml_table.py --check
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

stack-test: $(READY)  ## Prometheus, Alertmanager and Pushgateway with real runs; part of make system
	bash .ci/servers
	$(BIN)/pytest -s tests/system/test_stack.py tests/system/test_history.py

system-long: $(READY)  ## the full lengths of what make system runs in short variants; half an hour
	STACK_RUN_S=90 $(BIN)/pytest -s tests/system/test_stack.py
	$(BIN)/python -m tests.system.repeat_totals 20 60

SHOTS := dashboards/shots
dashboards-shot: $(READY) $(SHOTS)/node_modules/.ready  ## pictures of the dashboards: reports/dashboards
	$(BIN)/python -m tests.system.draw_dashboards

$(SHOTS)/node_modules/.ready: $(SHOTS)/package.json
	npm install --prefix $(SHOTS) --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

bench: $(READY)  ## parsing, bytes a parked call, CPU a turn, twenty thousand calls at once; needs nginx
	failed=0; for one in parse caller parked held turn metrics; do \
		$(BIN)/python bench/$$one.py || failed=1; \
	done; exit $$failed

bench-faults: $(READY)  ## every fault of the reference agent found, no good agent blamed; docs/finding-faults.md
	$(BIN)/python bench/faults

fuzz: $(READY)  ## hostile agents for MINUTES (10): no exception, no hang, no growth
	$(BIN)/python -m fuzz --minutes $(MINUTES)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): pyproject.toml constraints.txt requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "voicesim needs Python 3.11 or newer; say make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

clean:
	rm -rf .venv
