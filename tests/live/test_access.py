"""Whose access is taken away hears so, and is gone, though nothing is pushed meanwhile."""

from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple
from uuid import UUID

import pytest
from django.utils import timezone

from apps.accounts.access import access_lost
from apps.accounts.models import ApiKey, Brand, Grant, Member
from apps.accounts.permissions import Role
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests.live.conftest import Following, Person, person
from tests.live.speaking import closed_with, hear, open_socket, sign_in, subscribe
from tests.live.test_sse import events_of, follow_by_sse

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { rows } }"


def revoke_key(who: Person, brand: BrandRef) -> None:
    ApiKey.objects.filter(pk=who.key).update(revoked_at=timezone.now())


def let_key_expire(who: Person, brand: BrandRef) -> None:
    ApiKey.objects.filter(pk=who.key).update(expires_at=timezone.now())


def deactivate_member(who: Person, brand: BrandRef) -> None:
    Member.objects.filter(pk=who.member).update(is_active=False)


def suspend_brand(who: Person, brand: BrandRef) -> None:
    Brand.objects.filter(pk=brand.id).update(status=Brand.Status.SUSPENDED)


def remove_grant(who: Person, brand: BrandRef) -> None:
    Grant.objects.filter(member_id=who.member).delete()


class Loss(NamedTuple):
    """A way to lose access, whose it is, and what is then said."""

    role: Role
    lose: Callable[[Person, BrandRef], None]
    code: str


LOSSES = [
    Loss(Role.BRAND_ADMIN, revoke_key, "UNAUTHENTICATED"),
    Loss(Role.BRAND_ADMIN, let_key_expire, "UNAUTHENTICATED"),
    Loss(Role.BRAND_ADMIN, deactivate_member, "UNAUTHENTICATED"),
    Loss(Role.BRAND_ADMIN, suspend_brand, "FORBIDDEN"),
    Loss(Role.SUPERVISOR, remove_grant, "NOT_FOUND"),
]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.lose.__name__)
def test_a_socket_hears_that_it_lost_access_and_is_closed(
    live_url: str,
    following: dict[str, Following],
    acme: BrandRef,
    loss: Loss,
) -> None:
    who = person(acme, loss.role, "leaver")
    with open_socket(live_url) as socket:
        sign_in(socket, who.token, brand="acme")
        subscribe(socket, FOLLOW, id=following["acme"].job_id)
        hear(socket)
        with shared_tx():
            loss.lose(who, acme)
        refused = hear(socket)
        close_code = closed_with(socket)

    assert (refused["type"], [error["extensions"]["code"] for error in refused["payload"]]) == ("error", [loss.code])
    assert close_code == 4403


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.lose.__name__)
def test_a_stream_hears_that_it_lost_access_and_ends(
    live_url: str,
    following: dict[str, Following],
    acme: BrandRef,
    loss: Loss,
) -> None:
    who = person(acme, loss.role, "leaver")
    with closing(follow_by_sse(live_url, who.token, following["acme"].job_id, **{"x-brand": "acme"})) as response:
        events = events_of(response)
        next(events)
        with shared_tx():
            loss.lose(who, acme)
        (name, answer), last = events

    assert (name, [error["extensions"]["code"] for error in answer["errors"]]) == ("next", [loss.code])
    assert last == ("complete", None)


def test_a_socket_that_follows_nothing_is_closed_too(live_url: str, committed: None, acme: BrandRef) -> None:
    who = person(acme, Role.VIEWER)
    with open_socket(live_url) as socket:
        sign_in(socket, who.token)
        with shared_tx():
            revoke_key(who, acme)

        assert closed_with(socket) == 4403


def test_whoever_keeps_its_access_stays(live_url: str, following: dict[str, Following], acme: BrandRef) -> None:
    acme_job, lost = following["acme"], person(acme, Role.VIEWER, "leaver")
    with open_socket(live_url) as staying, open_socket(live_url) as leaving:
        sign_in(leaving, lost.token)
        sign_in(staying, acme_job.token)
        subscribe(staying, FOLLOW, id=acme_job.job_id)
        hear(staying)
        with shared_tx():
            revoke_key(lost, acme)
        assert closed_with(leaving) == 4403
        acme_job.change(rows=4, accepted=4)

        assert hear(staying)["payload"]["data"]["importJobProgressed"]["rows"] == 4


def test_access_is_lost_by_key_or_by_brand(committed: None, acme: BrandRef, globex: BrandRef) -> None:
    viewer, supervisor = person(acme, Role.VIEWER), person(acme, Role.SUPERVISOR)
    nobody: UUID = uuid7()
    held = {(viewer.key, acme.id), (supervisor.key, acme.id), (supervisor.key, None)}
    foreign = {(viewer.key, globex.id), (supervisor.key, globex.id), (nobody, acme.id), (nobody, None)}

    assert access_lost(held | foreign) == foreign
