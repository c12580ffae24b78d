"""A customer's timeline against a plain view that reads each table by the ORM and sorts what it read."""

from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from tests.bench.costs import Contender, medians_of
from tests.bench.graphql import check
from tests.bench.requests import Batch, MakeEnviron, graphql, plain
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table
from tests.graphql.timeline.crowd import TABLES, fill

_PAGE = """query($id: ID!) { node(id: $id) { ... on Customer {
  timeline(first: 50) { nodes { at kind what { ... on Node { id } } } } } } }"""
_COUNT = """query($id: ID!) { node(id: $id) { ... on Customer { timeline(first: 1) { totalCount } } } }"""


def measure(brand: BrandRef, token: str, sizes: Sizes) -> Table:
    """Fill the tables, see that both answers are the same JSON, and time them in turns."""
    each = sizes.told // len(TABLES)
    key = fill(brand, busy=each, others=sizes.told_of_others)
    with override_settings(ROOT_URLCONF="tests.bench.peer"):
        application = WSGIHandler()
        lines = [
            _line(application, "a page of 50, and their ids", _pair(token, key, _PAGE, "page"), sizes),
            _line(application, "how many there are", _pair(token, key, _COUNT, "count"), sizes),
        ]
    return Table(
        "7. A customer's timeline, a request",
        f"{each * len(TABLES):,} entries of {len(TABLES)} kinds; {sizes.told_of_others:,} other customers have"
        f" {2 * len(TABLES)} each. As in 3.; the plain view reads a page\nof each table by the ORM, sorts them, and"
        " answers the same JSON.",
        lines,
    )


def _pair(token: str, key: UUID, query: str, what: str) -> tuple[MakeEnviron, MakeEnviron]:
    ours = graphql(token, query, {"id": global_id("Customer", key)})
    return ours, plain(token, f"/peer/timelines/{key}/{what}")


def _line(application: WSGIHandler, what: str, pair: tuple[MakeEnviron, MakeEnviron], sizes: Sizes) -> Line:
    check(application, what, *pair)
    batches = [Batch(application, make, sizes.requests) for make in pair]
    costs = medians_of(
        [Contender(batch.work, batch.prepare, scale=1 / sizes.requests) for batch in batches],
        rounds=sizes.request_rounds,
    )
    return Line(what, *costs)
