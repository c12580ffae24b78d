"""All benchmarks in order, on two brands of one database."""

from collections.abc import Iterator

from cxplatform.tenancy.brand import BrandRef
from tests.bench import events, filling, freshness, graphql, http, importing, metrics, sockets, timeline
from tests.bench.requests import token_of
from tests.bench.sizes import Sizes
from tests.bench.tables import Table


def tables(imported: BrandRef, filled: BrandRef, sizes: Sizes) -> Iterator[Table | str]:
    """Yield each benchmark's table when it is done. Raises: BenchmarkBroken."""
    importer = token_of(imported)
    yield importing.measure(imported, importer, sizes)
    filling.fill(filled, sizes)
    yield metrics.measure(filled, sizes)
    token = token_of(filled)
    yield graphql.measure(filled, token, sizes)
    if sizes.peers:
        yield http.measure(filled, token, sizes)
    yield events.measure(imported, importer, sizes)
    if sizes.processes:
        yield freshness.measure(imported, importer, rows=sizes.freshened)
        yield sockets.measure((imported, filled), sockets=200, queues=10, rounds=3)
    # Last: what it fills the tables with would change what the others read.
    yield timeline.measure(imported, importer, sizes)
