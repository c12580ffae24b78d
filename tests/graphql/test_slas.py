"""Service levels through the API: promised, revised, retired; and the targets of contacts as these are told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions.models import SlaInstance, SlaPolicy, SlaPolicyVersion
from apps.interactions.slas.marks import MADE_TOPIC, TOPIC
from apps.interactions.slas.renewal import renew
from apps.interactions.slas.watch import count_broken
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.test_calendars import make as make_calendar
from tests.graphql.test_calendars import revise as revise_calendar

CREATE = """mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) {
  policy { id key name retiredAt versions { nodes { number effectiveFrom rank channels priorities queues segments
    calendar { key } targets { measure business seconds { priority seconds } } } } }
  userErrors { code field } } }"""
REVISE = """mutation($input: ReviseSlaPolicyInput!) { reviseSlaPolicy(input: $input) {
  version { number rank } policy { versions { nodes { number } } } userErrors { code field } } }"""
RETIRE = """mutation($input: RetireSlaPolicyInput!) { retireSlaPolicy(input: $input) {
  policy { key retiredAt } userErrors { code field } } }"""
RECORD = """mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
  interaction { id } userErrors { code field message } } }"""
TELL = """mutation($input: RecordInteractionEventInput!) { recordInteractionEvent(input: $input) {
  userErrors { code field message } } }"""
SLAS = """{ interactions(orderBy: [{field: OPENED_AT, direction: ASC}]) { nodes { externalId
  slas { nodes { measure number state priority targetSeconds startedAt dueAt pausedAt endedAt
    version { number } } } } } }"""
HOUR = [{"priority": "NORMAL", "seconds": 3_600}, {"priority": "URGENT", "seconds": 600}]
REPLY = {"measure": "FIRST_REPLY", "seconds": HOUR}
RESOLUTION = {"measure": "FIRST_RESOLUTION", "seconds": HOUR}
PROMISED = {"rank": 1, "targets": [REPLY], "effectiveFrom": "2026-01-01T00:00:00Z"}


def promise(asker: Asker, key: str = "mail", **given: Any) -> str:
    made = asker.data(CREATE, {"input": {"key": key, **PROMISED, **given}})["createSlaPolicy"]
    assert made["userErrors"] == []
    identity: str = made["policy"]["id"]
    return identity


def contact(asker: Asker, external_id: str = "c1", opened_at: str = "2026-03-02T09:00:00Z", **given: Any) -> None:
    row = {"externalId": external_id, "channel": "EMAIL", "openedAt": opened_at, **given}
    assert asker.data(RECORD, {"input": row})["recordInteraction"]["userErrors"] == []


def tell(asker: Asker, kind: str, at: str, interaction: str = "c1", **given: Any) -> None:
    event = {"interaction": interaction, "kind": kind, "at": f"2026-03-02T{at}Z", **given}
    assert asker.data(TELL, {"input": event})["recordInteractionEvent"]["userErrors"] == []


def renew_all(brand: BrandRef) -> None:
    while renew(brand):
        pass


def targets(asker: Asker, brand: BrandRef, *shown: str) -> dict[str, list[Any]]:
    """Make what is to be made, and show some fields of each contact's targets."""
    renew_all(brand)
    nodes = asker.data(SLAS)["interactions"]["nodes"]
    return {
        node["externalId"]: [tuple(target[name] for name in shown) for target in node["slas"]["nodes"]]
        for node in nodes
    }


def test_a_policy_says_what_it_was_told(admin: Asker) -> None:
    make_calendar(admin)
    office = admin.data("{ calendars { nodes { id } } }")["calendars"]["nodes"][0]["id"]
    said = {
        "rank": 3, "channels": ["EMAIL", "CHAT"], "priorities": ["NORMAL"], "queues": ["sales"], "segments": ["gold"],
        "targets": [{**REPLY, "business": True}],
    }  # fmt: skip

    made = admin.data(CREATE, {"input": {"key": " mail ", "name": "Mail", **PROMISED, **said, "calendarId": office}})

    policy = made["createSlaPolicy"]["policy"]
    assert (policy["key"], policy["name"], policy["retiredAt"]) == ("mail", "Mail", None)
    assert policy["versions"]["nodes"] == [
        {"number": 1, "effectiveFrom": "2026-01-01T00:00:00+00:00", "calendar": {"key": "office"}, **said}
    ]


def test_what_a_row_says_makes_its_targets(admin: Asker, acme: BrandRef) -> None:
    promise(admin, targets=[REPLY, RESOLUTION])
    contact(admin, "kept", firstResponseAt="2026-03-02T09:59:00Z", resolvedAt="2026-03-02T10:00:00Z")
    contact(admin, "late", "2026-03-03T09:00:00Z", resolvedAt="2026-03-03T10:00:01Z", priority="URGENT")
    contact(admin, "ours", "2026-03-04T09:00:00Z", direction="OUTBOUND")

    found = targets(admin, acme, "measure", "state", "targetSeconds", "dueAt", "endedAt")

    due = "2026-03-02T10:00:00+00:00"
    assert sorted(found["kept"]) == [
        ("FIRST_REPLY", "ACHIEVED", 3_600, due, "2026-03-02T09:59:00+00:00"),
        ("FIRST_RESOLUTION", "ACHIEVED", 3_600, due, due),
    ]
    assert [target[:3] for target in sorted(found["late"])] == [
        ("FIRST_REPLY", "BREACHED", 600), ("FIRST_RESOLUTION", "BREACHED", 600),
    ]  # fmt: skip
    assert found["ours"] == []


def test_an_answered_call_of_a_row_is_replied_to_after_its_wait_and_an_abandoned_one_is_promised_nothing(
    admin: Asker, acme: BrandRef
) -> None:
    promise(admin)
    contact(admin, "answered", channel="PHONE", answered=True, waitSeconds=20)
    contact(admin, "abandoned", "2026-03-02T09:30:00Z", channel="PHONE", answered=False, abandoned=True, waitSeconds=90)

    found = targets(admin, acme, "state", "endedAt")

    assert found == {"answered": [("ACHIEVED", "2026-03-02T09:00:20+00:00")], "abandoned": []}


def test_events_that_come_late_and_out_of_order_make_the_same_targets(admin: Asker, acme: BrandRef) -> None:
    promise(admin, targets=[RESOLUTION])
    contact(admin)
    tell(admin, "RESOLVED", "11:00:00", externalId="3")
    before = targets(admin, acme, "state", "dueAt", "endedAt")
    tell(admin, "CUSTOMER_REPLIED", "10:30:00", externalId="2")
    tell(admin, "WAITING_ON_CUSTOMER", "09:10:00", externalId="1")

    after = targets(admin, acme, "state", "dueAt", "endedAt")

    resolved = "2026-03-02T11:00:00+00:00"
    assert before == {"c1": [("BREACHED", "2026-03-02T10:00:00+00:00", resolved)]}
    # Of the two hours, eighty minutes were the customer's.
    assert after == {"c1": [("ACHIEVED", "2026-03-02T11:20:00+00:00", resolved)]}


def test_what_is_the_same_stays_the_row_it_was_and_what_is_no_more_goes(admin: Asker, acme: BrandRef) -> None:
    promise(admin, targets=[REPLY, {"measure": "NEXT_REPLY", "seconds": HOUR}])
    contact(admin)
    tell(admin, "HUMAN_REPLIED", "09:10:00", externalId="1")
    tell(admin, "CUSTOMER_REPLIED", "09:20:00", externalId="2")
    assert targets(admin, acme, "measure", "number")["c1"] == [("NEXT_REPLY", 1), ("FIRST_REPLY", 1)]
    with brand_tx(acme):
        before = set(SlaInstance.objects.values_list("measure", "id"))

    # Told late: it was resolved before the customer wrote, who said thanks.
    tell(admin, "RESOLVED", "09:15:00", externalId="3")
    renew_all(acme)

    with brand_tx(acme):
        assert set(SlaInstance.objects.values_list("measure", "id")) == {each for each in before if "FIRST" in each[0]}


def test_the_first_policy_that_fits_is_a_contacts_own(admin: Asker, acme: BrandRef) -> None:
    promise(admin, "all", rank=9)
    promise(
        admin, "sales", rank=1, queues=["sales"], targets=[{**REPLY, "seconds": [HOUR[1], {**HOUR[0], "seconds": 60}]}]
    )
    contact(admin, "sales", queue="sales")
    contact(admin, "other", "2026-03-02T09:30:00Z", queue="support")

    assert targets(admin, acme, "targetSeconds") == {"sales": [(60,)], "other": [(3_600,)]}
    shown = admin.data("{ slas { nodes { interaction { externalId } version { policy { key } } } } }")["slas"]["nodes"]
    assert {node["interaction"]["externalId"]: node["version"]["policy"]["key"] for node in shown} == {
        "sales": "sales",
        "other": "all",
    }


def test_a_revision_is_for_contacts_opened_from_then_on(admin: Asker, acme: BrandRef) -> None:
    policy = promise(admin)
    contact(admin, "before", "2026-03-01T09:00:00Z")
    contact(admin, "after", "2026-03-02T09:00:00Z")
    longer = {"rank": 1, "targets": [{**REPLY, "seconds": [{"priority": "NORMAL", "seconds": 7_200}]}]}
    given = {"id": policy, "effectiveFrom": "2026-03-02T00:00:00Z", **longer}

    revised = admin.data(REVISE, {"input": given})["reviseSlaPolicy"]
    again = admin.data(REVISE, {"input": {**given, "effectiveFrom": "2026-02-01T00:00:00Z"}})["reviseSlaPolicy"]

    assert revised["policy"]["versions"]["nodes"] == [{"number": 2}, {"number": 1}]
    assert again["userErrors"] == [{"code": "CONFLICT", "field": "effectiveFrom"}]
    assert targets(admin, acme, "targetSeconds") == {"before": [(3_600,)], "after": [(7_200,)]}


def test_a_retired_policy_keeps_what_it_promised_and_promises_no_more(admin: Asker, acme: BrandRef) -> None:
    policy = promise(admin)
    contact(admin, "before")

    retired = admin.data(RETIRE, {"input": {"id": policy}})["retireSlaPolicy"]["policy"]
    contact(admin, "after", (timezone.now() + timedelta(hours=1)).isoformat())

    assert retired["retiredAt"] is not None
    assert {name: len(found) for name, found in targets(admin, acme, "state").items()} == {"before": 1, "after": 0}
    refused = admin.data(REVISE, {"input": {"id": policy, **PROMISED}})["reviseSlaPolicy"]
    assert refused["userErrors"] == [{"code": "CONFLICT", "field": "id"}]


def test_a_calendar_that_is_revised_moves_what_it_counts(admin: Asker, acme: BrandRef) -> None:
    office = make_calendar(admin, timeZone="UTC", holidays=[], specialDays=[])
    promise(admin, targets=[{**RESOLUTION, "business": True}], calendarId=office)
    contact(admin, opened_at="2026-03-02T16:30:00Z")
    before = targets(admin, acme, "dueAt")

    revise_calendar(admin, office, "2026-03-01T00:00:00Z", timeZone="UTC", holidays=[], specialDays=[])

    # Half an hour is left of Monday and the rest falls due on Tuesday; revised, Monday ends at eight.
    assert before == {"c1": [("2026-03-03T09:30:00+00:00",)]}
    assert targets(admin, acme, "dueAt") == {"c1": [("2026-03-02T17:30:00+00:00",)]}


def test_targets_that_are_made_mark_the_days_they_started_on(admin: Asker, acme: BrandRef) -> None:
    promise(admin)
    contact(admin)
    renew_all(acme)

    with brand_tx(acme):
        assert set(DirtyMark.objects.filter(topic=MADE_TOPIC).values_list("day", flat=True)) == {date(2026, 3, 2)}
        assert not DirtyMark.objects.filter(topic=TOPIC).exists()


def test_days_whose_targets_the_clock_has_broken_are_counted_anew_once(admin: Asker, acme: BrandRef) -> None:
    promise(admin)
    contact(admin)
    tell(admin, "HUMAN_REPLIED", "09:30:00", "c1", externalId="1")
    contact(admin, "c2", "2026-03-03T09:00:00Z")
    renew_all(acme)
    marked = DirtyMark.objects.filter(topic=MADE_TOPIC)
    found = []
    for hour in (9, 10, 11):
        with brand_tx(acme):
            marked.delete()
        count_broken(acme, datetime(2026, 3, 3, hour, 30, tzinfo=UTC))
        with brand_tx(acme):
            found.append(set(marked.values_list("day", flat=True)))

    # The first look only begins to look; what was replied to in time breaks no more.
    assert found == [set(), {date(2026, 3, 3)}, set()]


def test_at_risk_are_those_that_run_and_are_due_soon(admin: Asker, acme: BrandRef) -> None:
    now = timezone.now()
    promise(admin)
    for name, ago in (("soon", 55), ("later", 5), ("over", 65)):
        contact(admin, name, (now - timedelta(minutes=ago)).isoformat())
    contact(admin, "replied", (now - timedelta(minutes=50)).isoformat(), firstResponseAt=now.isoformat())
    renew_all(acme)
    until = (now + timedelta(minutes=10)).isoformat()
    where = "{endedAt: {isNull: true}, dueAt: {range: {gte: $now, lt: $until}}}"
    query = f"""query($now: DateTime!, $until: DateTime!) {{ slas(where: {where}) {{
      nodes {{ state interaction {{ externalId }} }} }} }}"""

    found = admin.data(query, {"now": now.isoformat(), "until": until})["slas"]["nodes"]

    assert found == [{"state": "RUNNING", "interaction": {"externalId": "soon"}}]


REFUSED = {
    "no key": ({"key": " "}, "BAD_USER_INPUT", "key"),
    "a rank too high": ({"rank": 1_001}, "BAD_USER_INPUT", "rank"),
    "no targets": ({"targets": []}, "BAD_USER_INPUT", "targets"),
    "a measure twice": ({"targets": [REPLY, REPLY]}, "BAD_USER_INPUT", "targets.1.measure"),
    "a priority twice": ({"targets": [{**REPLY, "seconds": HOUR[:1] * 2}]}, "BAD_USER_INPUT", "targets.0.seconds"),
    "no seconds": ({"targets": [{**REPLY, "seconds": []}]}, "BAD_USER_INPUT", "targets.0"),
    "no time": (
        {"targets": [{**REPLY, "seconds": [{"priority": "LOW", "seconds": 0}]}]}, "BAD_USER_INPUT", "targets.0.low",
    ),
    "business time of no calendar": ({"targets": [{**REPLY, "business": True}]}, "BAD_USER_INPUT", "calendarId"),
    "a queue without a name": ({"queues": [""]}, "BAD_USER_INPUT", "queues"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "code", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_promises_nothing_is_refused_by_the_field_at_fault(
    admin: Asker, acme: BrandRef, given: dict[str, Any], code: str, field: str
) -> None:
    answer = admin.data(CREATE, {"input": {"key": "mail", **PROMISED, **given}})["createSlaPolicy"]

    assert answer["policy"] is None
    assert answer["userErrors"] == [{"code": code, "field": field}]
    with brand_tx(acme):
        assert (SlaPolicy.objects.count(), SlaPolicyVersion.objects.count()) == (0, 0)


def test_a_key_is_no_other_policys(admin: Asker) -> None:
    promise(admin)

    answer = admin.data(CREATE, {"input": {"key": "mail", **PROMISED}})["createSlaPolicy"]

    assert answer["userErrors"] == [{"code": "CONFLICT", "field": "key"}]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_configure_changes_no_policy(asker: MakeAsker, admin: Asker, role: Role) -> None:
    policy, reader = promise(admin), asker(role)
    attempts = [(CREATE, {"key": "mine", **PROMISED}), (REVISE, {"id": policy, **PROMISED}), (RETIRE, {"id": policy})]

    refusals = [codes(reader.ask(mutation, {"input": given})) for mutation, given in attempts]

    assert refusals == [["FORBIDDEN"]] * 3
    assert reader.data("{ slaPolicies { nodes { key retiredAt } } }")["slaPolicies"]["nodes"] == [
        {"key": "mail", "retiredAt": None}
    ]
