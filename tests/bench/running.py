"""All benchmarks in order, on two brands of one database."""

from collections.abc import Iterator

from cxplatform.tenancy.brand import BrandRef
from tests.bench import filling, graphql, importing, metrics
from tests.bench.sizes import Sizes
from tests.bench.tables import Table


def tables(imported: BrandRef, filled: BrandRef, sizes: Sizes) -> Iterator[Table]:
    """Yield each benchmark's table when it is done. Raises: BenchmarkBroken."""
    yield importing.measure(imported, sizes)
    filling.fill(filled, sizes)
    yield metrics.measure(filled, sizes)
    yield graphql.measure(filled, sizes)
