"""Who is asked now: nobody against its will, too often, at night, or beyond what a campaign may ask."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.customers.consents.deciding import Quiet
from apps.customers.models import ConsentRecord, ContactPreference, Customer
from apps.surveys.campaigns.due import claim_due, is_still_due
from apps.surveys.campaigns.quiet import quiet_until, zone_of
from apps.surveys.campaigns.reminders import claim_reminders, count_reminder
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, Invitation
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.campaigns.asked import DAY, NOW, campaign, person, planned, resolved, sent, whys

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = {"quiet_from": "21:00", "quiet_until": "08:30"}
hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
# Over both changes of the clock of 2026 in Berlin.
instants = st.datetimes(datetime(2026, 3, 27), datetime(2026, 11, 1), timezones=st.just(UTC))


def reminded(now: datetime) -> list[str]:
    """Take the reminders that are due and count them; return whose they are."""
    rows = claim_reminders(10, now)
    assert claim_reminders(10, now) == rows
    assert [count_reminder(row, now) for row in rows] == [True] * len(rows)
    return [row.customer.external_id for row in rows if row.customer]


@given(instants, hours, hours)
def test_quiet_hours_end_when_the_clock_shows_so(at: datetime, begins: time, ends: time) -> None:
    until = quiet_until(at, BERLIN, begins, ends)

    assert (until is not None) == Quiet(begins, ends).holds(at.astimezone(BERLIN).time())
    if until is not None:
        assert at < until <= at + timedelta(hours=25)
        shown = until.astimezone(BERLIN)
        # Half past two is not there on the night the clock is set forward.
        assert shown.time() == ends or (shown.month, shown.hour) == (3, ends.hour + 1)


@pytest.mark.parametrize(
    ("night", "ends"),
    [("2026-03-29T00:00", "2026-03-29T05:00"), ("2026-10-25T00:00", "2026-10-25T06:00")],
)
def test_nights_are_as_long_as_the_clock_makes_them(night: str, ends: str) -> None:
    at = datetime.fromisoformat(night).replace(tzinfo=UTC)

    assert quiet_until(at, BERLIN, time(22), time(7)) == datetime.fromisoformat(ends).replace(tzinfo=UTC)


def test_a_customers_clock_is_as_told_or_its_countrys_only_one() -> None:
    assert zone_of({"time_zone": "Asia/Tokyo"}, "DE") == ZoneInfo("Asia/Tokyo")
    assert zone_of({"time_zone": "nowhere"}, "FR") == ZoneInfo("Europe/Paris")
    assert zone_of(None, "US") is zone_of({}, None) is None


@pytest.mark.django_db
def test_who_may_not_be_asked_never_is_and_says_why(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign()
        people = {name: person(name) for name in ("ann", "no", "recent", "old")}
        people["none"] = person("none", email=None)
        for name, customer in people.items():
            resolved(name, customer)
        resolved("again", people["ann"], NOW - timedelta(hours=1))
        ConsentRecord.objects.create(
            external_id="c", customer=people["no"], purpose="SURVEYS", granted=False, at=NOW - DAY
        )
        for name, days in (("recent", 29), ("old", 31)):
            Invitation.objects.create(
                external_id=name, survey=of.survey, customer=people[name], channel="SMS", state="SENT",
                sent_at=NOW - days * DAY,
            )  # fmt: skip
        planned(acme, of)

        assert sent() == ["ann", "old"]
        assert whys() == {
            "ann": "COOLDOWN", "no": "OPTED_OUT", "none": "NO_ADDRESS", "recent": "COOLDOWN", "old": "SENT",
        }  # fmt: skip
        assert sent() == []
        row = Invitation.objects.get(state="SENT", campaign=of, customer=people["ann"])
        assert row.form == of.survey.versions.get()


@pytest.mark.django_db
def test_quotas_are_kept_a_day_and_in_all(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(quota_a_day=2, quota=3)
        for number in range(5):
            resolved(f"{number}", person(f"{number}"), NOW - timedelta(minutes=9 - number))
        planned(acme, of)

        assert sent() == ["0", "1"]
        # Midnight of Acme's next day: 04:00 UTC.
        midnight = datetime(2026, 6, 2, 4, tzinfo=UTC)
        waiting = Invitation.objects.filter(state="PLANNED").values_list("planned_for", flat=True)
        assert list(waiting) == [midnight] * 3
        assert (sent(midnight - timedelta(seconds=1)), sent(midnight)) == ([], ["2"])
        assert whys() == {"0": "SENT", "1": "SENT", "2": "SENT", "3": "QUOTA", "4": "QUOTA"}


@pytest.mark.django_db
def test_at_night_by_the_customers_clock_it_is_put_off_to_the_morning(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(**NIGHT)
        # Noon in London: a quarter to nine in the evening in Tokyo, eight in the morning for Acme.
        resolved("tokyo", person("tokyo", attributes={"time_zone": "Asia/Tokyo"}))
        resolved("paris", person("paris", country="FR"))
        resolved("unknown", person("unknown"))
        own = person("own", country="FR")
        ContactPreference.objects.create(customer=own, quiet_from="08:00", quiet_until="09:00", updated_at=NOW)
        resolved("own", own)
        planned(acme, of)

        assert sent(NOW) == ["paris"]
        put_off = dict(Invitation.objects.filter(state="PLANNED").values_list("customer__external_id", "planned_for"))
        assert put_off == {
            "tokyo": datetime(2026, 6, 1, 23, 30, tzinfo=UTC),
            "unknown": NOW + timedelta(minutes=30),
            "own": NOW + timedelta(minutes=15),
        }
        assert sent(NOW + timedelta(hours=1)) == ["own", "unknown"]


@pytest.mark.django_db
def test_a_paused_campaign_asks_nobody_and_an_ended_one_gives_up_what_it_planned(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign()
        resolved("ann", person("ann"))
        planned(acme, of)

        Campaign.objects.update(state="PAUSED")
        assert (sent(), whys()) == ([], {"ann": "PLANNED"})
        Campaign.objects.update(state="ENDED")
        assert (sent(), whys()) == ([], {"ann": "ENDED"})


@pytest.mark.django_db
def test_reminders_are_due_until_somebody_answers_or_forbids_it(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(reminders=2, remind_after_days=3)
        for name in ("ann", "ben", "cem"):
            resolved(name, person(name))
        planned(acme, of)
        sent()
        advance([Invitation.objects.get(customer__external_id="ben").pk], "ANSWERED", NOW + DAY)
        cem = Customer.objects.get(external_id="cem")
        ConsentRecord.objects.create(external_id="c", customer=cem, purpose="SURVEYS", granted=False, at=NOW + DAY)

        assert reminded(NOW + 3 * DAY - timedelta(seconds=1)) == []
        assert [reminded(NOW + days * DAY) for days in (3, 4, 6, 9)] == [["ann"], [], ["ann"], []]
        assert set(Invitation.objects.values_list("remind_at", flat=True)) == {None}


@pytest.mark.django_db
def test_a_reminder_is_counted_once_and_not_for_whom_it_is_not_due_any_more(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(reminders=2, remind_after_days=3)
        people = {name: person(name) for name in ("ann", "ben", "cem")}
        for name, customer in people.items():
            resolved(name, customer)
        planned(acme, of)
        sent()
        then = NOW + 3 * DAY
        ann, ben, cem = sorted(claim_reminders(10, then), key=lambda row: row.customer and row.customer.external_id)
        advance([ben.pk], "ANSWERED", then)
        ConsentRecord.objects.create(external_id="c", customer=people["cem"], purpose="SURVEYS", granted=False, at=then)

        assert [count_reminder(row, then) for row in (ann, ann, ben, cem)] == [True, False, False, False]
        rows = Invitation.objects.values_list("customer__external_id", "reminded", "remind_at")
        assert sorted(rows) == [("ann", 1, then + 3 * DAY), ("ben", 0, None), ("cem", 0, None)]


@pytest.mark.django_db
def test_what_was_taken_is_not_sent_to_who_was_asked_or_opted_out_meanwhile(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign()
        people = {name: person(name) for name in ("ann", "asked", "no")}
        for name, customer in people.items():
            resolved(name, customer)
        planned(acme, of)
        taken = claim_due(10, NOW)
        Invitation.objects.create(
            external_id="x", survey=of.survey, customer=people["asked"], channel="LINK", state="SENT", sent_at=NOW
        )
        ConsentRecord.objects.create(external_id="c", customer=people["no"], purpose="SURVEYS", granted=False, at=NOW)

        assert [row.customer.external_id for row in taken if row.customer and is_still_due(row, NOW)] == ["ann"]
        told = dict(Invitation.objects.filter(campaign=of).values_list("customer__external_id", "why"))
        assert told == {"ann": None, "asked": "COOLDOWN", "no": "OPTED_OUT"}
