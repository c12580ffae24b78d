"""Proactive rules through the API: made, approved, run, and what came of them."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from apps.customers.models import ConsentRecord, ContactPreference, Customer, SegmentStay
from apps.insights.models import Outreach, ProactiveRule
from apps.insights.outreach import turns
from apps.insights.outreach.drawing import is_held_out
from apps.insights.outreach.taking import take
from apps.insights.outreach.telling import with_external_ids
from cxplatform.audit.models import AuditEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks import delivering
from cxplatform.webhooks.models import WebhookDelivery
from tests.graphql.conftest import Asker, admin, asker
from tests.insights.outreach.made import DAY, NOW, arms, listen, people, rule, segment, told

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


def test_by_what_the_brand_knows_a_customer_is_sent_and_stored_nowhere(
    acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = []

    def post(url: str, body: bytes, *args: Any, **how: Any) -> SimpleNamespace:
        bodies.append(json.loads(body))
        return SimpleNamespace(status=200)

    monkeypatch.setattr(delivering, "post", post)
    with brand_tx(acme):
        listen()
        customers = people(5)
        take(rule(hold_out=0.05).pk, now=timezone.now())
        expected = {each["customer"] for each in told()}
    run_due(acme)

    names = {global_id("Customer", each.pk): each.external_id for each in customers}
    sent = {body["data"]["customer"]: body["data"]["externalId"] for body in bodies}
    assert sent == {key: names[key] for key in expected}
    assert len(sent) > 0
    with brand_tx(acme):
        assert not any("externalId" in each for each in told())
        assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"DELIVERED"}
