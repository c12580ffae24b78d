"""All benchmarks in order, on two brands of one database."""

from collections.abc import Iterator

from cxplatform.tenancy.brand import BrandRef
from tests.bench import filling, graphql, http, importing, metrics
from tests.bench.requests import token_of
from tests.bench.sizes import Sizes
from tests.bench.tables import Table


def tables(imported: BrandRef, filled: BrandRef, sizes: Sizes) -> Iterator[Table | str]:
    """Yield each benchmark's table when it is done. Raises: BenchmarkBroken."""
    yield importing.measure(imported, sizes)
    filling.fill(filled, sizes)
    yield metrics.measure(filled, sizes)
    token = token_of(filled)
    yield graphql.measure(filled, token, sizes)
    if sizes.peers:
        yield http.measure(filled, token, sizes)
