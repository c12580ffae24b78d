"""What came of a rule, and who is told of it."""

from datetime import datetime

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers
from apps.customers.models import Customer
from apps.insights.models import Outreach, ProactiveRule
from apps.insights.outreach.outcome import outcome_of
from apps.insights.outreach.taking import take
from apps.interactions.models import Interaction
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.insights.outreach.made import DAY, NOW, listen, people, rule, told
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]
pytestmark = pytest.mark.django_db

DRY = """query($id: ID!) { proactiveRuleDryRun(rule: $id) { taken complete heard
  counts { fate count } suppressed { reason count } } }"""
OUTCOME = """query($id: ID!) { proactiveRuleOutcome(rule: $id) { unfinished mixed
  contacted { verdict reason prevented preventedCustomers pValue interval { low high method }
    treated { good of } heldOut { good of } }
  churned { verdict reason treated { good of } heldOut { good of } } } }"""
ROWS = "{ proactiveRules { nodes { key approvedBy outreaches { nodes { arm why customer { externalId } } } } } }"


def ran(of: ProactiveRule, arm: str, number: int, contacted: int, since: datetime) -> list[Customer]:
    made = people(number, prefix=f"{arm}-{of.key}")
    Outreach.objects.bulk_create(
        Outreach(rule=of, customer=each, drawn_as=each.pk, arm=arm, taken_at=since, until=since + 14 * DAY)
        for each in made
    )
    Interaction.objects.bulk_create(
        Interaction(external_id=f"i-{each.external_id}", source="crm", channel="PHONE", customer=each,
                    direction="INBOUND", opened_at=since + DAY)
        for each in made[:contacted]
    )  # fmt: skip
    return made


def test_the_outcome_compares_whose_days_are_over(acme: BrandRef, admin: Asker) -> None:
    since = timezone.now() - 30 * DAY
    with brand_tx(acme):
        of = rule()
        treated = ran(of, "TREATED", 200, 20, since)
        ran(of, "HELD_OUT", 100, 30, since)
        # None of these counts: another direction, a moment too late, the instant of the end, before the draw.
        for number, (moment, direction) in enumerate(
            [(1, "OUTBOUND"), (15, "INBOUND"), (14, "INBOUND"), (-1, "INBOUND")]
        ):
            Interaction.objects.create(
                external_id=f"x-{number}", channel="PHONE", customer=treated[100 + number], direction=direction,
                opened_at=since + moment * DAY,
            )  # fmt: skip
        Customer.objects.filter(pk=treated[0].pk).update(churned_at=since + DAY)
        Customer.objects.filter(pk=treated[1].pk).update(churned_at=since + 20 * DAY)
        other = rule("young")
        ran(other, "TREATED", 3, 3, timezone.now() - DAY)

    first, young = (
        admin.data(OUTCOME, {"id": global_id("ProactiveRule", each.pk)})["proactiveRuleOutcome"] for each in (of, other)
    )

    contacted = first["contacted"]
    assert (contacted["treated"], contacted["heldOut"]) == ({"good": 20, "of": 200}, {"good": 30, "of": 100})
    assert (contacted["verdict"], contacted["reason"]) == ("PREVENTS", None)
    assert (contacted["prevented"], contacted["preventedCustomers"]) == (pytest.approx(0.2), pytest.approx(40))
    assert contacted["pValue"] < 0.001
    assert 0.1 < contacted["interval"]["low"] < 0.2 < contacted["interval"]["high"] < 0.31
    assert contacted["interval"]["method"] == "NEWCOMBE"
    assert first["churned"]["treated"] == {"good": 1, "of": 200}
    assert (young["unfinished"], young["contacted"]["verdict"]) == (3, "NOT_KNOWN")
    assert young["contacted"]["reason"] == "NO_WINDOW_OVER"


def test_a_merge_carries_the_rows_and_who_was_in_both_groups_is_in_neither(acme: BrandRef) -> None:
    with brand_tx(acme):
        listen()
        of = rule()
        one = ran(of, "TREATED", 2, 0, NOW)
        other = ran(of, "HELD_OUT", 1, 0, NOW)
        merge_customers(actor=viewer(Role.BRAND_ADMIN), survivor_id=one[0].pk, merged_id=other[0].pk, now=NOW + DAY)
        merge_customers(actor=viewer(Role.BRAND_ADMIN), survivor_id=one[1].pk, merged_id=people(1)[0].pk, now=NOW + DAY)
        take(of.pk, now=NOW + DAY)

        assert Outreach.objects.filter(customer=one[0]).count() == 2
        assert Outreach.objects.count() == 3
        assert told() == []
        outcome = outcome_of(of.pk, NOW + 20 * DAY)
        assert (outcome.mixed, outcome.contacted.treated.of, outcome.contacted.held_out.of) == (1, 1, 0)


def test_rows_need_drill_down_and_who_approved_needs_leave(acme: BrandRef, asker: MakeAsker, admin: Asker) -> None:
    with brand_tx(acme):
        ran(rule(approved_by="Robin of the staff"), "TREATED", 1, 0, NOW)
    assert admin.data(ROWS)["proactiveRules"]["nodes"] == [{
        "key": "late", "approvedBy": "Robin of the staff",
        "outreaches": {"nodes": [{"arm": "TREATED", "why": None, "customer": {"externalId": "TREATED-late-00000"}}]},
    }]  # fmt: skip

    seen = asker(Role.VIEWER).ask(ROWS)
    assert set(codes(seen)) == {"FORBIDDEN"}
    assert seen["data"]["proactiveRules"]["nodes"] == [{"key": "late", "approvedBy": None, "outreaches": None}]


def test_an_agent_is_told_of_no_outcome(acme: BrandRef, asker: MakeAsker) -> None:
    with brand_tx(acme):
        of = global_id("ProactiveRule", rule().pk)
    assert codes(asker(Role.AGENT).ask(OUTCOME, {"id": of})) == ["FORBIDDEN"]
    assert codes(asker(Role.AGENT).ask(DRY, {"id": of})) == ["FORBIDDEN"]
