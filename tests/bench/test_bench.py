"""The benchmarks still do what they measure; how fast is for `make bench` to say."""

from config.celery import app
from cxplatform.tenancy.brand import BrandRef
from tests.bench import running
from tests.bench.sizes import SMALL
from tests.bench.tables import Table

# Wake-ups go to the application's own broker, not to one on this machine.
assert app


def test_every_benchmark_does_its_work_and_agrees_with_its_peer(
    committed: None, acme: BrandRef, globex: BrandRef
) -> None:
    tables = [table for table in running.tables(acme, globex, SMALL) if isinstance(table, Table)]

    assert [len(table.lines) for table in tables] == [3, 19, 3, 1, 2]
    for table in tables:
        assert all(line.ours.wall > 0 and line.peer.wall > 0 for line in table.lines)
        assert all(line.what in table.text() for line in table.lines)
