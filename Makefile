# Two commands on a bare machine: `make demo` and `make test`. Needs make and a Python >= 3.11, nothing else.

PYTHON := .venv/bin/python

.PHONY: help demo test check bench clean

help:
	@echo "make demo    start everything on this machine, with demo data; Ctrl-C stops it"
	@echo "make test    run all tests; TESTS=tests/embedded runs a part"
	@echo "make check   format, lint, import contracts, types, migrations, schema and docs drift"
	@echo "make bench   the benchmarks, against their peers; docs/performance.md says what they mean"
	@echo "make clean   delete .local (the demo's data!), .venv, .tools and caches"

demo:
	@bin/bootstrap demo
	@exec $(PYTHON) -m config.demo --with-parent

test:
	@bin/bootstrap dev
	$(PYTHON) -m pytest -n 2 --dist worksteal $(TESTS)

check:
	@bin/bootstrap dev
	@bin/check

bench:
	@bin/bootstrap dev
	@$(PYTHON) -m tests.bench
	@$(PYTHON) -m tests.bench.working
	@$(PYTHON) -m tests.bench.stages
	@$(PYTHON) -m tests.bench.people
	@$(PYTHON) -m tests.bench.lifetime

clean:
	@bin/clean
