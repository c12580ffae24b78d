"""Versions of journeys through the API: drafted, edited, published, succeeded, retired, refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.journeys.models import JourneyStage, JourneyVersion, Placement, TouchpointSpan
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.journeys.mapped import (
    BUYING,
    DRAFT,
    EDIT,
    LONG_AGO,
    PUBLISH,
    RETIRE,
    at,
    department,
    draft,
    journey,
    promise,
    published,
    stage,
)

IN_FORCE = "query($key: String!, $at: DateTime) { journey(key: $key, at: $at) { number } }"
SHOWN = """query($id: ID!) { node(id: $id) { ... on JourneyVersion { number state
  stages { nodes { key kind name placements { nodes {
    name channel isMomentOfTruth weight sloMs sloShare touchpoint { key } owner { key } promise { key } } } } } } } }"""


@pytest.fixture
def buying(admin: Asker) -> str:
    """A journey, and the department that owns its touchpoints."""
    department(admin)
    return journey(admin)


def soon(days: int = 1) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()


def number_at(admin: Asker, at: str | None = None) -> int | None:
    found = admin.data(IN_FORCE, {"key": "buying", "at": at})["journey"]
    return None if found is None else int(found["number"])


def shown(admin: Asker, version: str) -> Any:
    return admin.data(SHOWN, {"id": version})["node"]


def test_a_first_draft_has_the_stages_of_the_template(admin: Asker, buying: str) -> None:
    found = shown(admin, draft(admin, buying))

    assert (found["number"], found["state"]) == (1, "DRAFT")
    assert [(each["key"], each["name"]) for each in found["stages"]["nodes"]] == [
        ("awareness", "Awareness"), ("consideration", "Consideration"), ("purchase", "Purchase"),
        ("delivery", "Delivery"), ("usage", "Usage"), ("support", "Support"), ("renewal", "Renewal"),
        ("advocacy", "Advocacy"),
    ]  # fmt: skip


def test_a_draft_says_what_it_was_told(admin: Asker, buying: str) -> None:
    promise(admin, "half-a-minute", criterion="WITHIN", withinMs=30_000)
    checkout = at(
        " checkout ", name="Checkout", isMomentOfTruth=True, weight=70, promise="half-a-minute",
        serviceLevel={"milliseconds": 30_000, "share": 0.95},
    )  # fmt: skip

    begun = draft(admin, buying, [stage("PURCHASE", checkout, at("basket"), key="buy", name="Buying")])

    (only,) = shown(admin, begun)["stages"]["nodes"]
    assert (only["key"], only["kind"], only["name"]) == ("buy", "PURCHASE", "Buying")
    assert only["placements"]["nodes"] == [
        {"name": "Checkout", "channel": "WEB", "isMomentOfTruth": True, "weight": 70, "sloMs": 30_000,
         "sloShare": 0.95, "touchpoint": {"key": "checkout"}, "owner": {"key": "shop"},
         "promise": {"key": "half-a-minute"}},
        {"name": "basket", "channel": "WEB", "isMomentOfTruth": False, "weight": 0, "sloMs": None, "sloShare": None,
         "touchpoint": {"key": "basket"}, "owner": {"key": "shop"}, "promise": None},
    ]  # fmt: skip


def test_the_next_draft_begins_with_what_the_last_version_has(admin: Asker, buying: str) -> None:
    first = published(admin, buying, BUYING)

    second = draft(admin, buying)

    assert shown(admin, second)["stages"] == shown(admin, first)["stages"]
    assert shown(admin, second)["number"] == 2


def test_a_journey_has_one_draft(admin: Asker, buying: str) -> None:
    draft(admin, buying)

    again = admin.data(DRAFT, {"input": {"journey": buying}})["draftJourneyVersion"]

    assert again == {"version": None, "userErrors": [{"code": "CONFLICT", "field": "journey"}]}


def test_the_version_in_force_follows_from_the_instant(admin: Asker, buying: str) -> None:
    published(admin, buying, BUYING)
    published(admin, buying, BUYING[:1], since=soon())

    assert number_at(admin, "2019-12-31T23:59:59Z") is None
    assert number_at(admin, LONG_AGO) == 1
    assert number_at(admin) == 1
    assert number_at(admin, soon(2)) == 2
    assert admin.data(IN_FORCE, {"key": "no such journey"})["journey"] is None


def test_a_version_retired_before_it_began_never_is_in_force(admin: Asker, buying: str) -> None:
    published(admin, buying, BUYING)
    planned = published(admin, buying, BUYING[:1], since=soon())

    retired = admin.data(RETIRE, {"input": {"id": planned}})["retireJourneyVersion"]["version"]

    assert retired["state"] == "RETIRED"
    assert retired["effectiveUntil"] == retired["effectiveFrom"]
    assert number_at(admin, soon(2)) == 1


def test_a_retired_version_was_in_force_until_then(admin: Asker, buying: str) -> None:
    first = published(admin, buying, BUYING)

    admin.data(RETIRE, {"input": {"id": first}})

    assert number_at(admin, LONG_AGO) == 1
    assert number_at(admin, soon()) is None
    published(admin, buying, BUYING, since=soon())
    assert number_at(admin, soon(2)) == 2


REFUSED_TIMES = {
    "what was in force stays so": "2021-01-01T00:00:00Z",
    "before the planned one": soon(5),
}


@pytest.mark.parametrize("since", REFUSED_TIMES.values(), ids=list(REFUSED_TIMES))
def test_versions_go_forward(admin: Asker, buying: str, since: str) -> None:
    published(admin, buying, BUYING)
    published(admin, buying, BUYING, since=soon(9))
    third = draft(admin, buying)

    answer = admin.data(PUBLISH, {"input": {"id": third, "effectiveFrom": since}})["publishJourneyVersion"]

    assert answer["version"] is None
    assert [error["field"] for error in answer["userErrors"]] == ["effectiveFrom"]
    assert shown(admin, third)["state"] == "DRAFT"


def test_a_published_version_never_changes(admin: Asker, buying: str) -> None:
    first = published(admin, buying, BUYING)
    before = shown(admin, first)

    edited = admin.data(EDIT, {"input": {"id": first, "stages": BUYING[:1]}})["editJourneyDraft"]
    again = admin.data(PUBLISH, {"input": {"id": first}})["publishJourneyVersion"]

    assert [error["code"] for error in edited["userErrors"] + again["userErrors"]] == ["CONFLICT", "CONFLICT"]
    assert shown(admin, first) == before


def test_a_draft_without_touchpoints_or_with_a_retired_promise_is_not_published(admin: Asker, buying: str) -> None:
    quick = promise(admin)
    begun = draft(admin, buying)
    empty = admin.data(PUBLISH, {"input": {"id": begun}})["publishJourneyVersion"]
    stages = [stage("PURCHASE", at("checkout", promise="quick"))]
    admin.data(EDIT, {"input": {"id": begun, "stages": stages}})
    retire = "mutation($input: RetirePromiseInput!) { retirePromise(input: $input) { promise { retiredAt } } }"
    assert admin.data(retire, {"input": {"id": quick}})["retirePromise"]["promise"]["retiredAt"] is not None

    refused = admin.data(PUBLISH, {"input": {"id": begun}})["publishJourneyVersion"]
    edited = admin.data(EDIT, {"input": {"id": begun, "stages": stages}})["editJourneyDraft"]

    assert empty["userErrors"] == refused["userErrors"] == [{"code": "CONFLICT", "field": "id"}]
    assert [each["field"] for each in edited["userErrors"]] == ["stages.0.touchpoints.0.promise"]


WRONG: dict[str, tuple[list[dict[str, Any]], str]] = {
    "no stages": ([], "stages"),
    "a stage twice": ([stage("USAGE"), stage("USAGE")], "stages.1.key"),
    "a long key": ([stage("USAGE", key="k" * 51)], "stages.0.key"),
    "a long name": ([stage("USAGE", name="n" * 101)], "stages.0.name"),
    "a touchpoint twice": (
        [stage("USAGE", at("app")), stage("SUPPORT", at("app"))], "stages.1.touchpoints.0.touchpoint",
    ),
    "no touchpoint": ([stage("USAGE", at(" "))], "stages.0.touchpoints.0.touchpoint"),
    "no such owner": ([stage("USAGE", {**at("app"), "owner": "nobody"})], "stages.0.touchpoints.0.owner"),
    "no such promise": ([stage("USAGE", at("app", promise="none"))], "stages.0.touchpoints.0.promise"),
    "too heavy": ([stage("USAGE", at("app"), at("site", weight=101))], "stages.0.touchpoints.1.weight"),
    "no time": (
        [stage("USAGE", at("app", serviceLevel={"milliseconds": 0}))],
        "stages.0.touchpoints.0.serviceLevel.milliseconds",
    ),
    "more than all": (
        [stage("USAGE", at("app", serviceLevel={"milliseconds": 1, "share": 1.01}))],
        "stages.0.touchpoints.0.serviceLevel.share",
    ),
    "too many": ([stage("USAGE", *(at(f"t-{n}") for n in range(201)))], "stages"),
}  # fmt: skip


@pytest.mark.parametrize(("stages", "field"), WRONG.values(), ids=list(WRONG))
def test_what_a_draft_cannot_say_is_refused_by_the_path_of_the_field(
    admin: Asker, acme: BrandRef, buying: str, stages: list[dict[str, Any]], field: str
) -> None:
    begun = draft(admin, buying, BUYING)
    before = shown(admin, begun)

    answer = admin.data(EDIT, {"input": {"id": begun, "stages": stages}})["editJourneyDraft"]

    assert [each["field"] for each in answer["userErrors"]] == [field]
    assert shown(admin, begun) == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_configure_reads_journeys_and_changes_none(
    admin: Asker, asker: MakeAsker, buying: str, role: Role
) -> None:
    first, begun = published(admin, buying, BUYING), draft(admin, buying)
    reader = asker(role)

    assert shown(reader, first) == shown(admin, first)
    for mutation, given in ((EDIT, {"id": begun, "stages": BUYING}), (PUBLISH, {"id": begun}), (RETIRE, {"id": first})):
        assert codes(reader.ask(mutation, {"input": given})) == ["FORBIDDEN"]


def test_touchpoints_stand_where_the_versions_in_force_put_them(admin: Asker, acme: BrandRef, buying: str) -> None:
    published(admin, buying, BUYING)
    later = soon()
    published(admin, buying, [stage("DELIVERY", at("checkout"))], since=later)

    with brand_tx(acme):
        spans = TouchpointSpan.objects.order_by("touchpoint__key", "since")
        found = [(span.touchpoint.key, span.stage, span.department, span.since, span.until) for span in spans]

    since, turn = datetime.fromisoformat(LONG_AGO), datetime.fromisoformat(later)
    assert found == [
        ("checkout", "purchase", "shop", since, turn),
        ("checkout", "delivery", "shop", turn, None),
        ("returns", "support", "shop", since, turn),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "DRAFT"},
        {"effective_from": None},
        {"effective_until": datetime.fromisoformat("2019-01-01T00:00:00+00:00")},
        {"state": "RETIRED"},
        {"retired_at": datetime.fromisoformat(LONG_AGO)},
    ],
    ids=str,
)
def test_the_database_keeps_what_was_published_published(
    admin: Asker, acme: BrandRef, buying: str, wrong: dict[str, Any]
) -> None:
    published(admin, buying, BUYING)

    with brand_tx(acme), pytest.raises(IntegrityError), transaction.atomic():
        JourneyVersion.objects.update(**wrong)


def test_the_database_lets_one_version_be_in_force_at_a_time(admin: Asker, acme: BrandRef, buying: str) -> None:
    published(admin, buying, BUYING)
    published(admin, buying, BUYING, since=soon())

    with brand_tx(acme), pytest.raises(IntegrityError), transaction.atomic():
        JourneyVersion.objects.filter(number=1).update(effective_until=None)


def test_the_database_wants_an_owner(admin: Asker, acme: BrandRef, buying: str) -> None:
    published(admin, buying, BUYING)

    with brand_tx(acme), pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.update(owner=None)
    with brand_tx(acme):
        assert (JourneyStage.objects.count(), Placement.objects.count()) == (2, 2)
