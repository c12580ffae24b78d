"""The targets of contacts through the API, as rows and events tell of these."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from apps.interactions.models import SlaInstance, SlaMark
from apps.interactions.slas import marks, renewal
from apps.interactions.slas.marks import MADE_TOPIC, TOPIC, mark_told
from apps.interactions.slas.watch import count_broken
from cxplatform.dirty.models import DirtyMark
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.graphql.promised import (
    HOUR,
    REPLY,
    RESOLUTION,
    contact,
    promise,
    renew_all,
    targets,
    tell,
)
from tests.graphql.test_calendars import make as make_calendar
from tests.graphql.test_calendars import revise as revise_calendar


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


def test_an_event_makes_the_targets_of_its_contact_anew_and_of_no_other(admin: Asker, acme: BrandRef) -> None:
    promise(admin)
    contact(admin, "c1")
    contact(admin, "c2")
    renew_all(acme)
    with brand_tx(acme):
        SlaInstance.objects.update(target_seconds=1)

    tell(admin, "HUMAN_REPLIED", "09:10:00", "c1", externalId="1")

    assert targets(admin, acme, "targetSeconds") == {"c1": [(3_600,)], "c2": [(1,)]}
    with brand_tx(acme):
        assert not SlaMark.objects.exists()


def test_a_contact_whose_day_is_made_anew_is_not_made_twice(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact(admin, "c1")
    contact(admin, "c2", "2025-03-02T09:00:00Z")
    promise(admin)
    made = []
    reckon = renewal.targets_of_contact
    monkeypatch.setattr(
        renewal, "targets_of_contact", lambda row, *rest: made.append(row.external_id) or reckon(row, *rest)
    )

    renew_all(acme)

    # The one has its own mark and that of its day, which a policy from the past left; the other its own alone.
    assert sorted(made) == ["c1", "c2"]
    with brand_tx(acme):
        assert not SlaMark.objects.exists()


def test_a_day_of_which_many_contacts_are_told_of_at_once_takes_one_mark(
    acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST_OF_A_DAY", 2)
    opened = [datetime(2026, 3, day, 15, tzinfo=UTC) for day in (2, 2, 2, 3, 3)]
    contacts = [(uuid7(), at) for at in opened]

    with brand_tx(acme):
        mark_told(contacts)

        assert list(DirtyMark.objects.values_list("topic", "day")) == [(TOPIC, date(2026, 3, 2))]
        assert set(SlaMark.objects.values_list("interaction_id", flat=True)) == {each for each, _ in contacts[3:]}


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


def test_a_contact_that_turns_out_to_be_ours_was_promised_nothing(admin: Asker, acme: BrandRef) -> None:
    promise(admin)
    contact(admin)
    before = targets(admin, acme, "measure")

    contact(admin, direction="OUTBOUND")

    assert before == {"c1": [("FIRST_REPLY",)]}
    assert targets(admin, acme, "measure") == {"c1": []}


def test_the_day_a_target_no_longer_starts_on_is_counted_anew(admin: Asker, acme: BrandRef) -> None:
    promise(admin, targets=[{"measure": "NEXT_REPLY", "seconds": HOUR}])
    contact(admin)
    tell(admin, "HUMAN_REPLIED", "10:00:00", externalId="1")
    tell(admin, "CUSTOMER_REPLIED", "2026-03-04T15:00:00Z", externalId="2")
    renew_all(acme)
    marked = DirtyMark.objects.filter(topic=MADE_TOPIC)
    with brand_tx(acme):
        marked.delete()

    # Told late: the customer had written the day before already.
    tell(admin, "CUSTOMER_REPLIED", "2026-03-03T15:00:00Z", externalId="3")
    renew_all(acme)

    with brand_tx(acme):
        assert set(marked.values_list("day", flat=True)) == {date(2026, 3, 3), date(2026, 3, 4)}


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
