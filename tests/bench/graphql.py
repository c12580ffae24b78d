"""Requests to GraphQL against the same answers from plain Django views."""

import re

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from apps.interactions.models import Interaction
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.bench.costs import BenchmarkBroken, Contender, medians_of
from tests.bench.requests import Batch, MakeEnviron, body_of, graphql, plain
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table

_SHOWN = """
fragment Shown on Interaction {
  id externalId channel direction openedAt priority waitSeconds answered resolved resolvedAt talkSeconds transfers
  subject customer { id externalId name segment }
}"""
ME = "{ me { id name email } }"
NODE = "query ($id: ID!) { node(id: $id) { ...Shown } }" + _SHOWN
PAGE = (
    """{
  interactions(first: 50) {
    nodes { ...Shown surveyResponses(first: 5) { nodes { id kind score answeredAt comment } } }
    pageInfo { hasNextPage }
  }
}"""
    + _SHOWN
)

# Python writes six digits of a fraction of a second, where PostgreSQL and so our API leave noughts at its end out.
_NOUGHTS = re.compile(rb"(?<=\.)([0-9]*?)0+(?=\+00:00)")


def measure(brand: BrandRef, token: str, sizes: Sizes) -> Table:
    """See that both answers are the same JSON, and time them in turns."""
    with override_settings(ROOT_URLCONF="tests.bench.peer"):
        application = WSGIHandler()
        lines, size = [], 0
        for what, (ours, peer) in _pairs(brand, token).items():
            size = check(application, what, ours, peer)
            batches = [Batch(application, make, sizes.requests) for make in (ours, peer)]
            costs = medians_of(
                [Contender(batch.work, batch.prepare, scale=1 / sizes.requests) for batch in batches],
                rounds=sizes.request_rounds,
            )
            lines.append(Line(what, *costs))
    return Table(
        "3. GraphQL, a request",
        "In process through the WSGI application, middleware, check of the key, transaction; no HTTP server. Against\n"
        "a plain Django view with the same key and transaction that reads the same rows by the ORM and dumps them\n"
        f"with orjson; the answers are the same JSON, the page's {size / 1_000:.0f} kB.",
        lines,
    )


def _pairs(brand: BrandRef, token: str) -> dict[str, tuple[MakeEnviron, MakeEnviron]]:
    with brand_tx(brand, read_only=True):
        key = Interaction.objects.order_by("-opened_at", "-id").values_list("id", flat=True)[0]
    identity = {"id": global_id("Interaction", key)}
    return {
        "{ me }": (graphql(token, ME), plain(token, "/peer/me")),
        "an interaction by id, its customer": (graphql(token, NODE, identity), plain(token, f"/peer/nodes/{key}")),
        "50 interactions, customers, answers": (graphql(token, PAGE), plain(token, "/peer/interactions")),
    }


def check(application: WSGIHandler, what: str, ours: MakeEnviron, peer: MakeEnviron) -> int:
    """Compare the two answers; return how long ours is. Raises: BenchmarkBroken."""
    body, other = (body_of(application, make()) for make in (ours, peer))
    if orjson.loads(body)["data"] != orjson.loads(_NOUGHTS.sub(rb"\1", other))["data"]:
        raise BenchmarkBroken(f"{what}: GraphQL says {body[:500]!r}, the plain view {other[:500]!r}")
    return len(body)
