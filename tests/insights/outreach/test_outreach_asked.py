"""Proactive rules through the API: made, approved, run, and what came of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers
from apps.customers.models import ConsentRecord, ContactPreference, Customer, SegmentStay
from apps.insights.models import Outreach, ProactiveRule
from apps.insights.outreach import turns
from apps.insights.outreach.drawing import is_held_out
from apps.insights.outreach.outcome import outcome_of
from apps.insights.outreach.taking import take
from apps.insights.outreach.telling import with_external_ids
from apps.interactions.models import Interaction
from cxplatform.audit.models import AuditEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.insights.outreach.made import DAY, NOW, arms, listen, people, rule, segment, told
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]
pytestmark = pytest.mark.django_db

CREATE = """mutation($input: CreateProactiveRuleInput!) { createProactiveRule(input: $input) {
  rule { id key name state kind text channel holdOut effectDays mostADay segment { key } }
  userErrors { code field } } }"""
CHANGE = """mutation($input: ChangeProactiveRuleInput!) { changeProactiveRule(input: $input) {
  rule { text holdOut } userErrors { code field } } }"""
TURN = """mutation($input: %sProactiveRuleInput!) { %sProactiveRule(input: $input) {
  rule { state } userErrors { code message } } }"""
DRY = """query($id: ID!) { proactiveRuleDryRun(rule: $id) { taken complete heard
  counts { fate count } suppressed { reason count } } }"""
OUTCOME = """query($id: ID!) { proactiveRuleOutcome(rule: $id) { unfinished mixed
  contacted { verdict reason prevented preventedCustomers pValue interval { low high method }
    treated { good of } heldOut { good of } }
  churned { verdict reason treated { good of } heldOut { good of } } } }"""
ROWS = "{ proactiveRules { nodes { key approvedBy outreaches { nodes { arm why customer { externalId } } } } } }"


@pytest.fixture(autouse=True)
def _deaf_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    from cxplatform.jobs.tasks import run_jobs

    monkeypatch.setattr(run_jobs, "_send", lambda *args: None)


def turn(who: Asker, how: str, of: str) -> Any:
    answer = who.data(TURN % (how.title(), how), {"input": {"id": of}})[f"{how}ProactiveRule"]
    return answer["rule"]["state"] if answer["rule"] else answer["userErrors"][0]["code"]


def made(admin: Asker, acme: BrandRef, **values: Any) -> Any:
    with brand_tx(acme):
        within = global_id("Segment", segment().pk)
    given = {
        "key": "late", "segment": within, "kind": "PROACTIVE_NOTICE", "text": "A day late.", "channel": "EMAIL",
        **values,
    }  # fmt: skip
    return admin.data(CREATE, {"input": given})["createProactiveRule"]


def test_a_rule_is_made_changed_approved_paused_resumed_and_ended(acme: BrandRef, admin: Asker) -> None:
    row = made(admin, acme)["rule"]
    of = row.pop("id")
    assert row == {
        "key": "late", "name": "late", "state": "DRAFT", "kind": "PROACTIVE_NOTICE", "text": "A day late.",
        "channel": "EMAIL", "holdOut": 0.1, "effectDays": 14, "mostADay": 1_000, "segment": {"key": "late parcels"},
    }  # fmt: skip
    assert made(admin, acme)["userErrors"] == [{"code": "CONFLICT", "field": "key"}]

    changed = admin.data(CHANGE, {"input": {"id": of, "text": "Late.", "holdOut": 0.2}})["changeProactiveRule"]["rule"]
    # Nobody would say anything.
    assert turn(admin, "approve", of) == "CONFLICT"
    with brand_tx(acme):
        listen()
    states = [turn(admin, how, of) for how in ("pause", "approve", "approve", "pause", "resume", "end", "resume")]
    late = admin.data(CHANGE, {"input": {"id": of, "text": "More."}})["changeProactiveRule"]["userErrors"]

    assert changed == {"text": "Late.", "holdOut": 0.2}
    assert states == ["CONFLICT", "APPROVED", "CONFLICT", "PAUSED", "APPROVED", "ENDED", "CONFLICT"]
    assert late == [{"code": "CONFLICT", "field": "id"}]
    with brand_tx(acme):
        events = AuditEvent.objects.filter(object_type="ProactiveRule").order_by("sequence")
        assert [each.action.removesuffix("_proactive_rule") for each in events] == [
            "create", "change", "approve", "pause", "resume", "end",
        ]  # fmt: skip
        assert {each.actor_id for each in events} == {admin.member_id}
        stored = ProactiveRule.objects.get()
        assert (stored.approved_by, stored.text) == (events[2].actor_name, "Late.")


@pytest.mark.parametrize(
    ("said", "field"),
    [({"holdOut": 0.04}, "holdOut"), ({"holdOut": 0.6}, "holdOut"), ({"effectDays": 91}, "effectDays"),
     ({"effectDays": 0}, "effectDays"), ({"mostADay": 0}, "mostADay"), ({"text": " "}, "text"),
     ({"text": "x" * 501}, "text"), ({"key": ""}, "key")],
)  # fmt: skip
def test_what_a_rule_may_not_say_is_refused(acme: BrandRef, admin: Asker, said: dict[str, Any], field: str) -> None:
    assert made(admin, acme, **said)["userErrors"] == [{"code": "BAD_USER_INPUT", "field": field}]
    with brand_tx(acme):
        assert not ProactiveRule.objects.exists()


def test_nothing_runs_before_it_is_approved_and_then_everybody_is_taken_once(acme: BrandRef, admin: Asker) -> None:
    of = made(admin, acme, holdOut=0.5)["rule"]["id"]
    with brand_tx(acme):
        listen()
        customers = people(40)
        ConsentRecord.objects.create(customer=customers[0], purpose="OUTREACH", granted=False, at=NOW - DAY)
    turns.reach_out_hourly(acme)
    run_due(acme)
    with brand_tx(acme):
        assert not Outreach.objects.exists()

    turn(admin, "approve", of)
    run_due(acme)
    turns.reach_out_hourly(acme)
    run_due(acme)

    with brand_tx(acme):
        assert Job.objects.filter(kind=turns.JOB_KIND).count() == 1
        row = ProactiveRule.objects.get()
        expected = {
            each.external_id: "HELD_OUT" if is_held_out(row.pk, each.pk, 0.5) else "TREATED" for each in customers
        }
        assert arms(row) == expected | {"c-00000": "SUPPRESSED"}
        assert Outreach.objects.get(arm="SUPPRESSED").why == "FORBIDDEN"
        heard = told()
        assert sorted(each["customer"] for each in heard) == sorted(
            global_id("Customer", each.customer_id) for each in Outreach.objects.filter(arm="TREATED")
        )
        one = Outreach.objects.get(pk=Outreach.objects.filter(arm="TREATED").earliest("customer_id").pk)
        first = next(each for each in heard if each["customer"] == global_id("Customer", one.customer_id))
        assert first == {
            "outreach": global_id("Outreach", one.pk), "rule": "late", "kind": "PROACTIVE_NOTICE", "channel": "EMAIL",
            "text": "A day late.", "customer": global_id("Customer", one.customer_id),
            "deadline": one.until.isoformat(),
        }  # fmt: skip
        # By what the brand knows it is read as it is sent, and stored nowhere.
        (sent,) = with_external_ids([first])
        assert (sent["source"], sent["externalId"]) == ("crm", one.customer.external_id)
        Customer.objects.filter(pk=one.customer_id).update(external_id="erased-1")
        assert with_external_ids([first])[0]["externalId"] is None


def test_it_is_asked_for_hourly_only(acme: BrandRef) -> None:
    with brand_tx(acme):
        rule()
    turns.reach_out_hourly(acme)
    run_due(acme)
    turns.reach_out_hourly(acme)
    with brand_tx(acme):
        assert Job.objects.filter(kind=turns.JOB_KIND).count() == 1
        Job.objects.update(created_at=timezone.now() - turns.EVERY)
    turns.reach_out_hourly(acme)
    with brand_tx(acme):
        assert Job.objects.filter(kind=turns.JOB_KIND).count() == 2


def test_a_days_most_are_told_and_quiet_hours_wait(acme: BrandRef) -> None:
    with brand_tx(acme):
        listen()
        customers = people(30)
        quiet = customers[0]
        ContactPreference.objects.create(customer=quiet, quiet_from="07:00", quiet_until="09:00", updated_at=NOW)
        of = rule(most_a_day=3)
        take(of.pk, now=NOW)
        take(of.pk, now=NOW + timedelta(hours=2))
        today = list(arms(of).values())
        take(of.pk, now=NOW + DAY + timedelta(hours=2))

        assert today.count("TREATED") == 3
        assert list(arms(of).values()).count("TREATED") == 6
        assert len(told()) == 6
        # It is asked about again once the hours are over, and not on the first day, which was full by then.
        assert Outreach.objects.filter(customer=quiet).values_list("taken_at", flat=True).first() != NOW


def test_who_left_the_segment_or_is_paused_or_unheard_is_not_taken(acme: BrandRef) -> None:
    with brand_tx(acme):
        people(2)
        unheard, paused = rule("unheard"), rule("paused", "PAUSED")
        take(unheard.pk, now=NOW)
        listen()
        SegmentStay.objects.filter(customer__external_id="c-00001").update(left_at=NOW)
        take(paused.pk, now=NOW)
        assert not Outreach.objects.exists()
        take(unheard.pk, now=NOW)
        assert list(arms(unheard)) == ["c-00000"]


def test_a_dry_run_says_what_the_job_then_does(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        customers = people(60)
        for each in customers[:5]:
            ConsentRecord.objects.create(
                external_id=each.external_id, customer=each, purpose="OUTREACH", granted=False, at=NOW - DAY
            )
        of = rule(state="DRAFT", hold_out=0.5)
    asked = admin.data(DRY, {"id": global_id("ProactiveRule", of.pk)})["proactiveRuleDryRun"]
    with brand_tx(acme):
        assert not Outreach.objects.exists()
        listen()
        ProactiveRule.objects.update(state="APPROVED", approved_at=NOW)
        take(of.pk, now=NOW)
        found = list(arms(of).values())

    assert asked.pop("counts") == [
        {"fate": arm, "count": found.count(arm)} for arm in ("TREATED", "HELD_OUT", "SUPPRESSED")
    ]
    assert asked == {
        "taken": 55, "complete": True, "heard": False, "suppressed": [{"reason": "FORBIDDEN", "count": 5}],
    }  # fmt: skip


def _ran(of: ProactiveRule, arm: str, number: int, contacted: int, since: Any) -> list[Customer]:
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
        treated = _ran(of, "TREATED", 200, 20, since)
        _ran(of, "HELD_OUT", 100, 30, since)
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
        _ran(other, "TREATED", 3, 3, timezone.now() - DAY)

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
        one = _ran(of, "TREATED", 2, 0, NOW)
        other = _ran(of, "HELD_OUT", 1, 0, NOW)
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
        _ran(rule(approved_by="Robin of the staff"), "TREATED", 1, 0, NOW)
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
