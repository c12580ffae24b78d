"""Campaigns through the API: made, tried dry, started, changed, ended; and customers invited by hand."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import ConsentRecord
from apps.surveys.campaigns.dry_run import dry_run
from apps.surveys.models import Campaign, Invitation
from apps.surveys.sending.tokens import read_token
from cxplatform.audit.models import AuditEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.surveys.campaigns.asked import DAY, NOW, campaign, person, planned, resolved, sent, survey, whys

__all__ = ["admin", "asker"]

CREATE = """mutation($input: CreateCampaignInput!) { createCampaign(input: $input) {
  campaign { id key name state trigger conditions delaySeconds sample cooldownDays openDays touchpoint { key } }
  userErrors { code field message } } }"""
CHANGE = """mutation($input: ChangeCampaignInput!) { changeCampaign(input: $input) {
  campaign { name sample quota } userErrors { code field } } }"""
TURN = """mutation($input: %sCampaignInput!) { %sCampaign(input: $input) { campaign { state } userErrors { code } } }"""
INVITE = """mutation($input: InviteCustomerInput!) { inviteCustomer(input: $input) { path
  invitation { id state why history { nodes { state } } } userErrors { code field } } }"""
DRY = """query($id: ID!) { campaignDryRun(campaign: $id) { asked complete counts { outcome count }
  rows { outcome customer { externalId email } } } }"""


def turn(who: Asker, how: str, of: str) -> Any:
    told = who.data(TURN % (how.title(), how), {"input": {"id": of}})[f"{how}Campaign"]
    return told["campaign"]["state"] if told["campaign"] else told["userErrors"][0]["code"]


@pytest.mark.django_db
def test_a_campaign_is_made_changed_started_paused_and_ended(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        what = global_id("Survey", survey().pk)
    made = admin.data(CREATE, {"input": {
        "key": "after service", "survey": what, "trigger": "INTERACTION_RESOLVED", "channel": "EMAIL",
        "conditions": {"country": ["DE"]}, "delaySeconds": 604_800,
    }})["createCampaign"]["campaign"]  # fmt: skip
    of = made.pop("id")
    assert made == {
        "key": "after service", "name": "after service", "state": "DRAFT", "trigger": "INTERACTION_RESOLVED",
        "conditions": {"country": ["DE"]}, "delaySeconds": 604_800, "sample": 1.0, "cooldownDays": 30, "openDays": 14,
        "touchpoint": None,
    }  # fmt: skip

    changed = admin.data(CHANGE, {"input": {"id": of, "sample": 0.5, "quota": 9}})["changeCampaign"]["campaign"]
    assert changed == {"name": "after service", "sample": 0.5, "quota": 9}
    states = [turn(admin, how, of) for how in ("pause", "start", "start", "pause", "start", "end", "start")]
    assert states == ["CONFLICT", "RUNNING", "CONFLICT", "PAUSED", "RUNNING", "ENDED", "CONFLICT"]
    with brand_tx(acme):
        actions = list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-6:] == [
        "create_campaign", "change_campaign", "start_campaign", "pause_campaign", "start_campaign", "end_campaign",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"trigger": "STAGE_REACHED"}, "stage"),
        ({"trigger": "TOUCHPOINT_EVENT", "touchpoint": "nowhere"}, "touchpoint"),
        ({"trigger": "DATE"}, "onDate"),
        ({"channel": "LINK"}, "channel"),
        ({"sample": 1.5}, "sample"),
        ({"quietFrom": "22:00"}, "quietFrom"),
        ({"quietFrom": "25:00", "quietUntil": "07:00"}, "quietFrom"),
        ({"reminders": 4}, "reminders"),
        ({"trigger": "BY_HAND", "conditions": {"country": ["DE"]}}, "conditions"),
    ],
)
def test_what_makes_no_sense_is_refused(acme: BrandRef, admin: Asker, said: dict[str, Any], field: str) -> None:
    with brand_tx(acme):
        what = global_id("Survey", survey().pk)
    usual = {"key": "c", "survey": what, "trigger": "INTERACTION_RESOLVED", "channel": "EMAIL"}

    refused = admin.data(CREATE, {"input": {**usual, **said}})["createCampaign"]

    assert (refused["campaign"], [error["field"] for error in refused["userErrors"]]) == (None, [field])
    with brand_tx(acme):
        assert Campaign.objects.count() == 0


@pytest.mark.django_db
def test_what_a_campaign_asks_about_is_fixed_once_it_ran(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        of = campaign()
    said = {"id": global_id("Campaign", of.pk), "trigger": "ORDERED", "name": "Other"}

    refused = admin.data(CHANGE, {"input": said})["changeCampaign"]

    assert refused == {"campaign": None, "userErrors": [{"code": "CONFLICT", "field": "trigger"}]}
    with brand_tx(acme):
        assert Campaign.objects.values_list("trigger", "name").get() == ("INTERACTION_RESOLVED", "after service")


@pytest.mark.django_db
def test_a_dry_run_foresees_what_planning_and_sending_then_do(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        of = campaign(
            state="DRAFT", running_since=None, delay_seconds=3_600, quota=3, conditions={"not": {"country": ["FR"]}}
        )
        for number in range(5):
            resolved(f"{number}", person(f"{number}"), NOW - timedelta(hours=5, minutes=number))
        resolved("mute", person("mute", email=None))
        resolved("french", person("french", country="FR"))
        resolved("soon", person("soon"), NOW - timedelta(minutes=30))
        no = person("no")
        resolved("no", no, NOW - DAY)
        ConsentRecord.objects.create(external_id="c", customer=no, purpose="SURVEYS", granted=False, at=NOW - DAY)

        foreseen = dry_run(of, NOW)
        assert (Invitation.objects.count(), foreseen.complete) == (0, True)
        assert foreseen.counts == {
            "ASKED": 3, "QUOTA": 2, "NO_ADDRESS": 1, "CONDITIONS": 1, "NOT_DUE": 1, "OPTED_OUT": 1,
        }  # fmt: skip
        by_outcome = {each.occasion.interaction: each.outcome for each in foreseen.foreseen}

        Campaign.objects.update(state="RUNNING", running_since=NOW - 10 * DAY)
        of.refresh_from_db()
        planned(acme, of)
        assert set(sent()) == {name for name, outcome in by_outcome.items() if outcome == "ASKED"}
        became = {"SENT": "ASKED", "PLANNED": "NOT_DUE"}
        assert {name: became.get(how or "", how) for name, how in whys().items()} == {
            name: outcome for name, outcome in by_outcome.items() if outcome != "CONDITIONS"
        }
        again = {"ALREADY_INVITED": 7, "CONDITIONS": 1, "NOT_DUE": 1}
        assert dry_run(of, NOW).counts == again


@pytest.mark.django_db
def test_a_dry_run_is_asked_for_by_whoever_sees_all_customers(
    acme: BrandRef, globex: BrandRef, asker: MakeAsker
) -> None:
    at = timezone.now() - timedelta(hours=1)
    with brand_tx(acme):
        of = campaign(running_since=at - DAY)
        resolved("ann", person("ann"), at)
        resolved("mute", person("mute", email=None), at - timedelta(hours=1))
    asked = {"id": global_id("Campaign", of.pk)}

    told = asker(Role.BRAND_ADMIN).data(DRY, asked)["campaignDryRun"]
    assert told == {
        "asked": 1, "complete": True,
        "counts": [{"outcome": "ASKED", "count": 1}, {"outcome": "NO_ADDRESS", "count": 1}],
        "rows": [
            {"outcome": "NO_ADDRESS", "customer": {"externalId": "mute", "email": None}},
            {"outcome": "ASKED", "customer": {"externalId": "ann", "email": "ann@example.com"}},
        ],
    }  # fmt: skip
    assert set(codes(asker(Role.ANALYST).ask(DRY, asked))) == {"FORBIDDEN"}
    agent = asker(Role.AGENT)
    agent.brand = "acme"
    assert codes(agent.ask(DRY, asked)) == ["FORBIDDEN"]
    assert codes(asker(Role.BRAND_ADMIN, brand=globex).ask(DRY, asked)) == ["NOT_FOUND"]


@pytest.mark.django_db
def test_whoever_invites_by_link_gets_its_path_once(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        of, ann, no = campaign(trigger="BY_HAND", channel="LINK"), person("ann"), person("no")
        ConsentRecord.objects.create(external_id="c", customer=no, purpose="SURVEYS", granted=False, at=NOW - DAY)
    ids = {"campaign": global_id("Campaign", of.pk), "customer": global_id("Customer", ann.pk), "occasion": "order-7"}

    made = admin.data(INVITE, {"input": ids})["inviteCustomer"]
    again = admin.data(INVITE, {"input": ids})["inviteCustomer"]
    soon = admin.data(INVITE, {"input": {**ids, "occasion": "order-8"}})["inviteCustomer"]
    other = admin.data(INVITE, {"input": {**ids, "customer": global_id("Customer", no.pk)}})["inviteCustomer"]

    path = made["path"]
    assert path.startswith("/s/")
    read = read_token(path.removeprefix("/s/"))
    assert read is not None
    assert read[0] == acme.id
    with brand_tx(acme):
        row = Invitation.objects.get(state="SENT")
        assert bytes(row.token_hash or b"") == read[1]
        assert hashlib.sha256(b"").digest() != read[1]
        assert row.form == of.survey.versions.get()
        assert Invitation.objects.count() == 3
    assert made["invitation"]["history"]["nodes"] == [{"state": "SENT"}, {"state": "PLANNED"}]
    assert again == {"path": None, "invitation": None, "userErrors": [{"code": "CONFLICT", "field": "occasion"}]}
    assert (soon["path"], soon["invitation"]["why"]) == (None, "COOLDOWN")
    assert (other["path"], other["invitation"]["why"]) == (None, "OPTED_OUT")


@pytest.mark.django_db
def test_by_other_channels_it_is_sent_in_its_turn_and_only_of_what_runs(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        of, ann = campaign(trigger="BY_HAND"), person("ann")
        contact = resolved("call", ann)
    ids = {
        "campaign": global_id("Campaign", of.pk), "customer": global_id("Customer", ann.pk),
        "interaction": global_id("Interaction", contact.pk),
    }  # fmt: skip
    made = admin.data(INVITE, {"input": ids})["inviteCustomer"]
    assert (made["path"], made["invitation"]["state"]) == (None, "PLANNED")
    with brand_tx(acme):
        assert Invitation.objects.values_list("source", "interaction_external_id").get() == ("crm", "call")
        Campaign.objects.update(state="PAUSED")

    refused = admin.data(INVITE, {"input": ids})["inviteCustomer"]
    assert refused["userErrors"] == [{"code": "CONFLICT", "field": "campaign"}]
    with brand_tx(acme):
        assert Invitation.objects.count() == 1
