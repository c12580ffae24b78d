"""Looks shared by those who may see the same by the same key, and by nobody else."""

import asyncio
import threading
from typing import Any

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.live import sharing
from cxplatform.graphql.live.looks import Bound, Credential, Look, look
from cxplatform.graphql.live.sharing import SharedLooks
from cxplatform.graphql.live.turns import Turns
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.tenancy.brand import BrandRef
from tests.live.conftest import person

WHO = GraphQLRequest("{ me { email } brand { slug } }", None, None)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[GraphQLRequest]:
    """Count the looks that are really made."""
    made: list[GraphQLRequest] = []

    def counting(request: GraphQLRequest, bound: Bound, *, again: bool) -> Look:
        made.append(request)
        return look(request, bound, again=again)

    monkeypatch.setattr(sharing, "look", counting)
    return made


def _at_once(*asked: tuple[GraphQLRequest, Bound]) -> list[Any]:
    async def ask() -> list[Any]:
        shared = SharedLooks(Turns())
        return [
            orjson.loads(seen.body)["data"] for seen in await asyncio.gather(*(shared.again(*each) for each in asked))
        ]

    return asyncio.run(ask())


def _bound(brand: BrandRef, role: Role) -> Bound:
    return Credential(f"Bearer {person(brand, role).token}", brand.slug, None).bind()


def test_the_same_question_by_the_same_key_is_looked_at_once(
    committed: None, acme: BrandRef, counted: list[GraphQLRequest]
) -> None:
    viewer = _bound(acme, Role.VIEWER)

    told = _at_once(*[(WHO, viewer)] * 10)

    assert told == [{"me": {"email": "viewer@acme.example"}, "brand": {"slug": "acme"}}] * 10
    assert len(counted) == 1


def test_another_key_brand_or_question_looks_for_itself(
    committed: None, acme: BrandRef, globex: BrandRef, counted: list[GraphQLRequest]
) -> None:
    ours, theirs, admin = _bound(acme, Role.VIEWER), _bound(globex, Role.VIEWER), _bound(acme, Role.BRAND_ADMIN)
    slug = GraphQLRequest("{ brand { slug } }", None, None)
    document = "query($a: Boolean! = true) { brand { slug @include(if: $a) } }"

    told = _at_once(
        (WHO, ours), (WHO, theirs), (WHO, admin), (slug, ours), (GraphQLRequest(document, {"a": False}, None), ours),
        (GraphQLRequest(document, {"a": True}, None), ours),
    )  # fmt: skip

    assert told == [
        {"me": {"email": "viewer@acme.example"}, "brand": {"slug": "acme"}},
        {"me": {"email": "viewer@globex.example"}, "brand": {"slug": "globex"}},
        {"me": {"email": "brand_admin@acme.example"}, "brand": {"slug": "acme"}},
        {"brand": {"slug": "acme"}},
        {"brand": {}},
        {"brand": {"slug": "acme"}},
    ]
    assert len(counted) == 6


def test_a_look_that_has_begun_is_not_joined(committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = _bound(acme, Role.VIEWER)
    begun, go_on, made = threading.Event(), threading.Event(), []

    def waiting(request: GraphQLRequest, bound: Bound, *, again: bool) -> Look:
        made.append(request)
        begun.set()
        assert go_on.wait(10)
        return look(request, bound, again=again)

    monkeypatch.setattr(sharing, "look", waiting)

    async def one_after_the_other() -> None:
        shared = SharedLooks(Turns())
        first = asyncio.create_task(shared.again(WHO, viewer))
        await asyncio.to_thread(begun.wait, 10)
        second = asyncio.create_task(shared.again(WHO, viewer))
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, second)

    asyncio.run(one_after_the_other())

    assert len(made) == 2


def test_whoever_gives_up_takes_no_look_from_the_others(committed: None, acme: BrandRef) -> None:
    viewer = _bound(acme, Role.VIEWER)

    async def one_leaves() -> Look:
        shared = SharedLooks(Turns())
        leaving, staying = (asyncio.create_task(shared.again(WHO, viewer)) for _ in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert asyncio.run(one_leaves()).errors == []
