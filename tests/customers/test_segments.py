"""Segments: who enters and leaves them when, what their rules may say, and how they are asked for."""

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import Customer, Segment, SegmentStay, SegmentVersion
from apps.customers.segments.evaluating import FIRST, evaluate
from apps.customers.segments.rules import checked
from apps.customers.segments.turns import JOB_KIND
from cxplatform.errors import BadInput, Conflict
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import customer, told
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]

pytestmark = pytest.mark.django_db

CREATE = """mutation($input: CreateSegmentInput!) { createSegment(input: $input) {
  segment { id key name rules version size } userErrors { code field message } } }"""
UPDATE = """mutation($input: UpdateSegmentInput!) { updateSegment(input: $input) {
  segment { version rules versions { nodes { number rules } } } userErrors { code field } } }"""
RETIRE = """mutation($input: RetireSegmentInput!) { retireSegment(input: $input) {
  segment { size retiredAt members { totalCount } } userErrors { code } } }"""


def make(key: str, rules: dict[str, Any]) -> Segment:
    return commands.create_segment(actor=viewer(Role.BRAND_ADMIN), key=key, name="", rules=rules, now=NOW)


def stays() -> list[tuple[str, int, int | None]]:
    """List who was in segments, from which day to which."""
    rows = SegmentStay.objects.order_by("customer__external_id", "entered_at")
    return [(row.customer.external_id, (row.entered_at - NOW).days, row.left_at and (row.left_at - NOW).days)
            for row in rows.select_related("customer")]  # fmt: skip


def test_customers_enter_and_leave_as_the_rules_hold_and_their_stays_are_kept(acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", {"external_id": "ann", "country": "DE"}, {"external_id": "bob", "country": "US"})
        german = make("german", {"country": ["DE"]})
        for day, country in ((0, "DE"), (1, "DE"), (2, "US"), (3, "DE")):
            told("customers", {"external_id": "ann", "country": country})
            evaluate(german.pk, now=NOW + timedelta(days=day))
            evaluate(german.pk, now=NOW + timedelta(days=day))

        assert stays() == [("ann", 0, 2), ("ann", 3, None)]
        assert Segment.objects.values_list("size", flat=True).get() == 1


def test_a_bounded_step_asks_of_so_many_and_comes_back_for_the_rest(acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", *({"external_id": str(number), "country": "DE"} for number in range(5)))
        german = make("german", {"country": ["DE"]})

        after, entered = FIRST, []
        while (following := evaluate(german.pk, now=NOW, after=after, most=2)) is not None:
            entered.append((SegmentStay.objects.count(), Segment.objects.get().size))
            after = following

        assert entered == [(2, None), (4, None)]
        assert (SegmentStay.objects.count(), Segment.objects.get().size) == (5, 5)


def test_other_rules_are_a_new_version_and_what_is_the_same_is_none(acme: BrandRef) -> None:
    with brand_tx(acme):
        german = make("german", {"country": ["DE"]})
        Job.objects.filter(kind=JOB_KIND).delete()
        about: dict[str, Any] = {"actor": viewer(Role.BRAND_ADMIN), "segment_id": german.pk, "now": NOW}
        commands.update_segment(**about, rules={"country": ["DE"]})
        assert (Job.objects.filter(kind=JOB_KIND).count(), SegmentVersion.objects.count()) == (0, 1)
        commands.update_segment(**about, rules={"country": ["AT"]}, name="Austrian")

        assert Job.objects.filter(kind=JOB_KIND).count() == 1
        assert list(SegmentVersion.objects.order_by("number").values_list("number", "rules")) == [
            (1, {"country": ["DE"]}), (2, {"country": ["AT"]})
        ]  # fmt: skip
        with pytest.raises(Conflict):
            make("german", {"country": ["DE"]})


def test_who_is_merged_leaves_and_the_survivor_enters(acme: BrandRef) -> None:
    with brand_tx(acme):
        order = {"amount": "5", "currency": "USD", "ordered_at": NOW - timedelta(days=1)}
        told("orders", *({**order, "external_id": name, "customer": name} for name in ("ann", "ann k")))
        twice = make("twice", {"ordered": {"at_least": 2}})
        once = make("once", {"ordered": {"at_most": 1}})
        for each in (twice, once):
            evaluate(each.pk, now=NOW)
        Job.objects.filter(kind=JOB_KIND).delete()
        ids = {"survivor_id": customer("ann"), "merged_id": customer("ann k")}
        commands.merge_customers(actor=viewer(), **ids, now=NOW)

        assert Job.objects.filter(kind=JOB_KIND).count() == 1
        for each in (twice, once):
            evaluate(each.pk, now=NOW)
        inside = SegmentStay.objects.filter(left_at=None).values_list("segment__key", "customer__external_id")
        assert list(inside) == [("twice", "ann")]


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({}, "rules"),
        ({"age": 5}, "rules.age"),
        ({"country": []}, "rules.country"),
        ({"country": [5]}, "rules.country"),
        ({"any": [{"segment": ["a"]}, {}]}, "rules.any.1"),
        ({"not": {"ordered": {"at_least": -1}}}, "rules.not.ordered.at_least"),
        ({"attribute": {"key": "tier"}}, "rules.attribute"),
        ({"attribute": {"key": "tier", "one_of": [{"a": 1}]}}, "rules.attribute.one_of"),
        ({"joined": {}}, "rules.joined"),
        ({"spent": {"at_least": float("nan")}}, "rules.spent.at_least"),
        ({"last_score": {"kind": "FCR", "at_least": 1}}, "rules.last_score.kind"),
        ({"not": {"not": {"not": {"not": {"not": {"country": ["DE"]}}}}}}, "rules.not.not.not.not.not"),
        ({"any": [{"segment": ["a"]} for _ in range(50)]}, "rules"),
    ],
)  # fmt: skip
def test_rules_that_mean_nothing_are_refused_at_their_place(rules: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(rules)

    assert refused.value.field == field


def test_segments_are_made_asked_for_filtered_by_and_retired(admin: Asker, acme: BrandRef) -> None:
    given = {"key": "fans", "rules": {"not": {"country": ["US"]}, "attribute": {"key": "tier", "oneOf": ["gold", 1]}}}
    made = admin.data(CREATE, {"input": given})["createSegment"]
    with brand_tx(acme):
        for name, country in (("ann", "DE"), ("bob", "US"), ("cat", None)):
            Customer.objects.create(external_id=name, country=country, attributes={"tier": "gold"})
        evaluate(Segment.objects.get().pk, now=NOW)
        ann = global_id("Customer", Customer.objects.get(external_id="ann").pk)
    asked = admin.data(
        """query($ann: ID!) { segments { nodes { key size members { nodes { customer { externalId } } } } }
          customers(where: {segments: {segment: {eq: "fans"}}}) { totalCount }
          others: customers(where: {NOT: {segments: {segment: {eq: "fans"}}}}) { nodes { externalId } }
          node(id: $ann) { ... on Customer { segments { nodes { enteredAt segment { key } } }
            segmentHistory { nodes { leftAt } } } } }""",
        {"ann": ann},
    )
    identity = made["segment"].pop("id")
    updated = admin.data(UPDATE, {"input": {"id": identity, "rules": {"country": ["AT"]}}})["updateSegment"]
    retired = admin.data(RETIRE, {"input": {"id": identity}})["retireSegment"]

    assert made == {
        "segment": {
            "key": "fans", "name": "fans", "version": 1, "size": None,
            "rules": {"attribute": {"key": "tier", "one_of": ["gold", 1]}, "not": {"country": ["US"]}},
        },
        "userErrors": [],
    }  # fmt: skip
    (segment,) = asked["segments"]["nodes"]
    inside = sorted(each["customer"]["externalId"] for each in segment["members"]["nodes"])
    assert (segment["key"], segment["size"], inside) == ("fans", 2, ["ann", "cat"])
    assert (asked["customers"], asked["others"]) == ({"totalCount": 2}, {"nodes": [{"externalId": "bob"}]})
    assert [each["segment"] for each in asked["node"]["segments"]["nodes"]] == [{"key": "fans"}]
    assert asked["node"]["segmentHistory"] == {"nodes": [{"leftAt": None}]}
    assert [each["number"] for each in updated["segment"]["versions"]["nodes"]] == [2, 1]
    assert (retired["segment"]["size"], retired["segment"]["members"]) == (0, {"totalCount": 0})


def test_who_does_not_configure_makes_no_segment(asker: MakeAsker, acme: BrandRef) -> None:
    given = {"input": {"key": "fans", "rules": {"country": ["US"]}}}

    for role in (Role.SUPERVISOR, Role.ANALYST, Role.VIEWER, Role.AGENT):
        assert codes(asker(role).ask(CREATE, given)) == ["FORBIDDEN"]
    told_back = asker(Role.BRAND_ADMIN).data(CREATE, {"input": {**given["input"], "rules": {}}})["createSegment"]
    assert [(error["code"], error["field"]) for error in told_back["userErrors"]] == [("BAD_USER_INPUT", "rules")]
    with brand_tx(acme):
        assert not Segment.objects.exists()
