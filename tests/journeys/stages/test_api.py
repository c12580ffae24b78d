"""Stages as they are asked for, and by whom."""

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.graphql.rows import agent, customer, interaction
from tests.journeys.stages.stored import published, stage_all, went

__all__ = ["admin", "asker"]

WAY = """{ customers(first: 3) { nodes { externalId
  journeyProgress(first: 2) { nodes { stageKey since until visits journey { key } stage { name }
    stageVisits(first: 5) { nodes { number stageKey enteredAt leftAt came skipped again ending moments lastMomentAt
      enteredByKind touchpoint { key } touchpointEvent { externalId } } } } } } } }"""
STANDING = """query($where: JourneyProgressWhere) {
  journeys { nodes { progress(where: $where) { totalCount nodes { stageKey customer { externalId } } } } } }"""
OURS = "{ journeys { nodes { stageVisits { totalCount nodes { customer { externalId } } } } } }"


def walk(brand: BrandRef) -> None:
    with brand_tx(brand):
        published()
        went("ad", 0)
        went("parcel", 1)
        went("parcel", 2)
        went("shop", 1, customer="ben")
        stage_all()


def test_a_customer_is_somewhere_and_came_by_some_way(admin: Asker, acme: BrandRef) -> None:
    walk(acme)

    ann = next(each for each in admin.data(WAY)["customers"]["nodes"] if each["externalId"] == "ann")

    first = {
        "number": 1, "stageKey": "look", "enteredAt": "2026-03-02T09:00:00+00:00",
        "leftAt": "2026-03-03T09:00:00+00:00", "came": "BEGAN", "skipped": 0, "again": 0, "ending": "MOVED",
        "moments": 1, "lastMomentAt": "2026-03-02T09:00:00+00:00", "enteredByKind": "TOUCHPOINT_EVENT",
        "touchpoint": {"key": "ad"}, "touchpointEvent": {"externalId": "ann ad 0"},
    }  # fmt: skip
    second = {
        "number": 2, "stageKey": "get", "enteredAt": "2026-03-03T09:00:00+00:00", "leftAt": None, "came": "FORWARD",
        "skipped": 1, "again": 0, "ending": None, "moments": 2, "lastMomentAt": "2026-03-04T09:00:00+00:00",
        "enteredByKind": "TOUCHPOINT_EVENT", "touchpoint": {"key": "parcel"},
        "touchpointEvent": {"externalId": "ann parcel 1"},
    }  # fmt: skip
    (progress,) = ann["journeyProgress"]["nodes"]
    assert progress.pop("stageVisits")["nodes"] == [first, second]
    assert progress == {
        "stageKey": "get", "since": "2026-03-03T09:00:00+00:00", "until": None, "visits": 2,
        "journey": {"key": "buying"}, "stage": {"name": "get"},
    }  # fmt: skip


def test_who_is_in_a_stage_is_a_filter(admin: Asker, acme: BrandRef) -> None:
    walk(acme)

    told = admin.data(STANDING, {"where": {"stage": {"eq": "buy"}, "until": {"isNull": True}}})

    assert told["journeys"]["nodes"] == [
        {"progress": {"totalCount": 1, "nodes": [{"stageKey": "buy", "customer": {"externalId": "ben"}}]}}
    ]


def test_an_agent_sees_where_customers_are_that_it_serves(asker: MakeAsker, acme: BrandRef) -> None:
    walk(acme)
    me = asker(Role.AGENT)
    with brand_tx(acme):
        interaction("mine", agent=agent("me", me.member_id), customer=customer("cem"))
        went("ad", 1, customer="cem")
        stage_all()

    told = me.data(OURS)["journeys"]["nodes"]

    assert told == [{"stageVisits": {"totalCount": 1, "nodes": [{"customer": {"externalId": "cem"}}]}}]


@pytest.mark.parametrize("role", [Role.VIEWER])
def test_who_may_not_drill_down_learns_nobodys_stage(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    walk(acme)

    assert set(codes(asker(role).ask(OURS))) == {"FORBIDDEN"}
