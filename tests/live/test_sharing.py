"""Looks shared by those of a brand who ask for the same and may see the same, and by nobody else."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from django.utils import timezone

from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import PROVIDER_ROLES, Role
from apps.interactions.models import Agent
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.marks import mark
from cxplatform.graphql.answers import Answer
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.live import looks, sharing
from cxplatform.graphql.live.bound import Bound, Credential
from cxplatform.graphql.live.looks import Look
from cxplatform.graphql.live.sharing import SharedLooks
from cxplatform.graphql.live.turns import Turns
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.live.conftest import Person, person
from tests.live.test_metric_changed import APRIL, DAY, FOLLOW, write
from tests.metrics.rows import store

WHO = GraphQLRequest("{ me { email } brand { slug } }", None, None)
VOLUME = GraphQLRequest(FOLLOW, {"keys": ["VOLUME"], "window": APRIL}, None)
Asked = tuple[GraphQLRequest, Bound]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note for which brand an operation is really run."""
    made: list[str] = []

    def noting(request: GraphQLRequest, context: RequestContext, *, live: bool) -> Answer:
        made.append(context.need_brand().slug)
        return real(request, context, live=live)

    real = looks.answer
    monkeypatch.setattr(looks, "answer", noting)
    return made


def looked_at_once(*asked: Asked) -> list[Look]:
    async def ask() -> list[Look]:
        shared = SharedLooks(Turns())
        return await asyncio.gather(*(shared.again(*each) for each in asked))

    return asyncio.run(ask())


def told(seen: Sequence[Look]) -> list[Any]:
    return [orjson.loads(each.body)["data"] for each in seen]


def volumes(seen: Sequence[Look]) -> list[float | None]:
    return [data["metricChanged"][0]["value"] for data in told(seen)]


def bound(who: Person, brand: BrandRef) -> Bound:
    return Credential(f"Bearer {who.token}", brand.slug, None).bind()


def crowd(brand: BrandRef, role: Role, size: int) -> list[Bound]:
    return [bound(person(brand, role, f"{role.value.lower()}{number}"), brand) for number in range(size)]


def test_people_with_the_same_rights_share_one_read_of_the_numbers(
    committed: None, acme: BrandRef, answered: list[str]
) -> None:
    write(acme, {"external_id": "1"})
    viewers = crowd(acme, Role.VIEWER, 10)

    seen = looked_at_once(*[(VOLUME, viewer) for viewer in viewers])

    assert volumes(seen) == [1] * 10
    assert answered == ["acme"]


def test_whose_key_was_revoked_is_shown_nothing_that_the_others_are(
    committed: None, acme: BrandRef, answered: list[str]
) -> None:
    write(acme, {"external_id": "1"})
    first, *others = crowd(acme, Role.VIEWER, 3)
    with shared_tx():
        ApiKey.objects.filter(pk=first.held[0]).update(revoked_at=timezone.now())

    lost, *seen = looked_at_once(*[(VOLUME, viewer) for viewer in (first, *others)])

    assert (lost.refused, [error["extensions"]["code"] for error in lost.errors]) == (True, ["UNAUTHENTICATED"])
    assert "data" not in orjson.loads(lost.body)
    assert volumes(seen) == [1, 1]
    assert answered == ["acme"]


def test_a_crowd_of_a_suspended_brand_is_shown_nothing(committed: None, acme: BrandRef, answered: list[str]) -> None:
    viewers = crowd(acme, Role.VIEWER, 3)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status=Brand.Status.SUSPENDED)

    seen = looked_at_once(*[(VOLUME, viewer) for viewer in viewers])

    assert [[error["extensions"]["code"] for error in each.errors] for each in seen] == [["FORBIDDEN"]] * 3
    assert answered == []


def test_roles_look_each_for_themselves_and_so_does_a_key_that_only_reads(
    committed: None, acme: BrandRef, answered: list[str]
) -> None:
    admin, reader = person(acme, Role.BRAND_ADMIN), person(acme, Role.BRAND_ADMIN, "reader")
    with shared_tx():
        ApiKey.objects.filter(pk=reader.key).update(scope="READ")
    everybody = [bound(who, acme) for who in (admin, reader)]
    for role in (Role.ANALYST, Role.VIEWER, *PROVIDER_ROLES):
        everybody += crowd(acme, role, 1)

    seen = looked_at_once(*[(VOLUME, who) for who in everybody])

    assert [each.errors for each in seen] == [[]] * len(everybody)
    assert answered == ["acme"] * len(everybody)


def test_by_agent_a_supervisor_is_shown_and_a_viewer_beside_it_refused(committed: None, acme: BrandRef) -> None:
    write(acme, {"external_id": "1"})
    by_agent = GraphQLRequest(FOLLOW, {**(VOLUME.variables or {}), "where": {"agent": ["a"]}}, None)
    (viewer,), (supervisor,) = crowd(acme, Role.VIEWER, 1), crowd(acme, Role.SUPERVISOR, 1)

    for asked in ((viewer, supervisor), (supervisor, viewer)):
        seen = dict(zip(asked, looked_at_once(*[(by_agent, who) for who in asked]), strict=True))

        assert [error["extensions"]["code"] for error in seen[viewer].errors] == ["FORBIDDEN"]
        assert seen[supervisor].errors == []


def test_agents_are_shown_their_own_work_each(committed: None, acme: BrandRef, answered: list[str]) -> None:
    people = [person(acme, Role.AGENT, name) for name in ("ann", "bob", "cid")]
    with brand_tx(acme):
        agents = [Agent.objects.create(key=str(who.member), member_id=who.member) for who in people]
        handled = [agents[0], agents[1], agents[1]]
        store([{"external_id": str(number), "opened_at": DAY, "agent": who} for number, who in enumerate(handled)])
        mark("interaction", [DAY.date()])
    recompute_all(acme, now=timezone.now())

    seen = looked_at_once(*[(VOLUME, bound(who, acme)) for who in people])

    assert volumes(seen) == [1, 2, None]
    assert len(answered) == 3


def test_what_tells_who_asks_is_told_to_each_of_itself(committed: None, acme: BrandRef, answered: list[str]) -> None:
    viewers = crowd(acme, Role.VIEWER, 3)

    seen = looked_at_once(*[(WHO, viewer) for viewer in viewers])

    assert [data["me"]["email"] for data in told(seen)] == [f"viewer{number}@acme.example" for number in range(3)]
    assert len(answered) == 3


def test_the_same_question_by_the_same_key_is_looked_at_once_whatever_it_is(
    committed: None, acme: BrandRef, answered: list[str]
) -> None:
    (viewer,) = crowd(acme, Role.VIEWER, 1)

    seen = looked_at_once(*[(WHO, viewer)] * 10)

    assert told(seen) == [{"me": {"email": "viewer0@acme.example"}, "brand": {"slug": "acme"}}] * 10
    assert answered == ["acme"]


def test_brands_share_nothing(committed: None, acme: BrandRef, globex: BrandRef, answered: list[str]) -> None:
    write(acme, {"external_id": "1"})
    write(globex, {"external_id": "1"}, {"external_id": "2"})
    ours, theirs = crowd(acme, Role.VIEWER, 2), crowd(globex, Role.VIEWER, 2)

    seen = looked_at_once(*[(VOLUME, who) for who in (ours[0], theirs[0], ours[1], theirs[1])])

    assert volumes(seen) == [1, 2, 1, 2]
    assert sorted(answered) == ["acme", "globex"]


def test_one_key_in_two_brands_shares_nothing_between_them(
    committed: None, acme: BrandRef, globex: BrandRef, answered: list[str]
) -> None:
    write(globex, {"external_id": "1"}, {"external_id": "2"})
    both = person(acme, Role.SUPERVISOR)
    with shared_tx():
        Brand.objects.get(pk=globex.id).grants.create(member_id=both.member, created_at=timezone.now())

    seen = looked_at_once((VOLUME, bound(both, acme)), (VOLUME, bound(both, globex)))

    assert volumes(seen) == [None, 2]
    assert sorted(answered) == ["acme", "globex"]


def test_another_question_or_another_value_in_it_is_not_shared(
    committed: None, acme: BrandRef, answered: list[str]
) -> None:
    write(acme, {"external_id": "1", "channel": "EMAIL"})
    viewers = crowd(acme, Role.VIEWER, 3)
    phone = GraphQLRequest(FOLLOW, {**(VOLUME.variables or {}), "where": {"channel": ["PHONE"]}}, None)
    other_document = GraphQLRequest(f"# the same\n{FOLLOW}", VOLUME.variables, None)

    seen = looked_at_once(*zip((VOLUME, phone, other_document), viewers, strict=True))

    assert volumes(seen) == [1, None, 1]
    assert len(answered) == 3


def test_a_large_crowd_takes_turns(
    committed: None, acme: BrandRef, answered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "AT_MOST", 2)
    viewers = crowd(acme, Role.VIEWER, 5)

    seen = looked_at_once(*[(VOLUME, viewer) for viewer in viewers])

    assert volumes(seen) == [None] * 5
    assert len(answered) == 3


def test_a_look_that_has_begun_is_not_joined(committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    first_viewer, second_viewer = crowd(acme, Role.VIEWER, 2)
    begun, go_on, made = threading.Event(), threading.Event(), []
    real = sharing.look_again

    def waiting(request: GraphQLRequest, bounds: Sequence[Bound]) -> dict[Bound, Look]:
        made.append(list(bounds))
        begun.set()
        assert go_on.wait(60)
        return real(request, bounds)

    monkeypatch.setattr(sharing, "look_again", waiting)

    async def one_after_the_other() -> None:
        shared = SharedLooks(Turns())
        first = asyncio.create_task(shared.again(VOLUME, first_viewer))
        await asyncio.to_thread(begun.wait, 60)
        second = asyncio.create_task(shared.again(VOLUME, second_viewer))
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, second)

    asyncio.run(one_after_the_other())

    assert made == [[first_viewer], [second_viewer]]


def test_whoever_gives_up_takes_no_look_from_the_others_and_is_not_looked_for(
    committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaver, stayer = crowd(acme, Role.VIEWER, 2)
    made, real = [], sharing.look_again

    def noting(request: GraphQLRequest, bounds: Sequence[Bound]) -> dict[Bound, Look]:
        made.append(list(bounds))
        return real(request, bounds)

    monkeypatch.setattr(sharing, "look_again", noting)

    async def one_leaves() -> Look:
        shared = SharedLooks(Turns())
        leaving, staying = (asyncio.create_task(shared.again(VOLUME, who)) for who in (leaver, stayer))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert asyncio.run(one_leaves()).errors == []
    assert made == [[stayer]]
