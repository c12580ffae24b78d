"""A page over real HTTP: our server against PostGraphile, one process each, on the same rows."""

from typing import Any

import orjson
from django.db import connections

from cxplatform.tenancy.brand import BrandRef
from tests.bench import postgraphile
from tests.bench.costs import BenchmarkBroken, Contender, medians_of
from tests.bench.graphql import PAGE
from tests.bench.serving import CLIENTS, Load, ours_served
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table

_WHAT = "50 interactions, customers, answers"
# Global ids and the way moments are written differ; what is told must not.
_COMPARED = ("externalId", "channel", "waitSeconds", "answered", "talkSeconds", "subject")


def measure(brand: BrandRef, token: str, sizes: Sizes) -> Table | str:
    """Ask both servers in turns; a sentence, where the peer cannot run."""
    absent = postgraphile.missing()
    if absent:
        return f"4. GraphQL over HTTP, against PostGraphile: SKIPPED, {absent}.\n"
    database = str(connections["default"].settings_dict["NAME"])
    with (
        ours_served() as (pid, port),
        postgraphile.served(brand, database, door=True) as (peer_pid, peer_port),
        postgraphile.served(brand, database, door=False) as (bare_pid, bare_port),
    ):
        json = {"Content-Type": "application/json"}
        ours = Load(port, _body(PAGE), {**json, "Authorization": f"Bearer {token}"}, sizes.http_requests)
        peer, bare = (
            Load(each, _body(postgraphile.PAGE), json, sizes.http_requests) for each in (peer_port, bare_port)
        )
        size, peer_size = _check(ours.answer(), peer.answer())
        _check(ours.answer(), bare.answer())
        ways = [
            Contender(load.work, load.answer, scale=1 / sizes.http_requests, process=process)
            for load, process in ((ours, pid), (peer, peer_pid), (bare, bare_pid))
        ]
        costs = medians_of(ways, rounds=sizes.http_rounds)
    rates = [f"{1 / cost.wall:,.0f}" for cost in costs]
    return Table(
        f"4. GraphQL over HTTP: {rates[0]} requests/s, PostGraphile {postgraphile.VERSION} {rates[1]}, bare {rates[2]}",
        f"One server process each on loopback, {CLIENTS} clients that ask again once answered; 'Python' is the\n"
        "CPU of the server process (Node for the peer), 'wall' the time a request at that rate. Ours checks a key and\n"
        "opens a door. The peer checks no key: with a door it reads in a transaction as the brand's role, bare it\n"
        f"reads as the owner. Same rows and fields, {size / 1_000:.0f} kB ours, {peer_size / 1_000:.0f} kB the peer's.",
        [Line(f"{_WHAT}, a door", costs[0], costs[1]), Line(f"{_WHAT}, bare", costs[0], costs[2])],
    )


def _body(query: str) -> bytes:
    return orjson.dumps({"query": query})


def _check(ours: bytes, peer: bytes) -> tuple[int, int]:
    """See that both tell the same of the same rows; how long each answer is."""
    found = [_told(orjson.loads(answer)["data"]["interactions"]["nodes"]) for answer in (ours, peer)]
    if found[0] != found[1] or not found[0]:
        raise BenchmarkBroken(f"GraphQL says {found[0][:2]}, PostGraphile {found[1][:2]}")
    return len(ours), len(peer)


def _told(nodes: list[dict[str, Any]]) -> list[Any]:
    return [
        (
            [node[name] for name in _COMPARED],
            node["customer"]["name"],
            [answer["score"] for answer in node["surveyResponses"]["nodes"]],
        )
        for node in nodes
    ]
