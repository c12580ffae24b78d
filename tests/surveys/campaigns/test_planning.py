"""What happened becomes invitations: each occasion once, whenever it becomes known."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Interaction
from apps.journeys.models import Journey, JourneyStage, JourneyVersion, StageVisit, Touchpoint, TouchpointEvent
from apps.surveys.campaigns.commands import pause_campaign, start_campaign
from apps.surveys.campaigns.planning import plan
from apps.surveys.campaigns.sampling import is_sampled
from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.expiring import expire
from apps.surveys.models import Campaign, Invitation, InvitationEvent
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import viewer
from tests.surveys.campaigns.asked import DAY, NOW, campaign, person, planned, resolved, sent

pytestmark = pytest.mark.django_db


def test_every_resolved_contact_is_asked_about_once_however_often_one_looks(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(delay_seconds=7 * 86_400)
        for name in ("ann", "ben", "cem"):
            resolved(name, person(name))
        Interaction.objects.create(external_id="open", channel="CHAT", customer=person("dan"), opened_at=NOW)
        resolved("long ago", person("eve"), NOW - 11 * DAY)

        # Pages of two, and one look after the other.
        assert planned(acme, of, page=2) == planned(acme, of) == ["ann", "ben", "cem"]
        row = Invitation.objects.get(customer__external_id="ann")
        assert (row.source, row.interaction_external_id, row.external_id) == ("crm", "ann", f"invitation-{row.pk}")
        assert row.planned_for == NOW - timedelta(hours=2) + 7 * DAY
        assert list(InvitationEvent.objects.values_list("state", flat=True)) == ["PLANNED"] * 3


def test_what_becomes_known_late_is_found_when_a_look_goes_back(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign()
        planned(acme, of)
        resolved("late", person("ann"), NOW - 3 * DAY)

        assert planned(acme, of, NOW + timedelta(minutes=30)) == []
        assert planned(acme, of, NOW + timedelta(minutes=61)) == ["ann"]


def test_a_look_that_was_left_goes_on_where_it_stood(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign()
        for number in range(3):
            resolved(f"{number}", person(f"{number}"), NOW - timedelta(minutes=9 - number))

        assert plan(acme, of.pk, now=NOW, page=2)
        assert Campaign.objects.get().look_id == Interaction.objects.get(external_id="1").pk
        assert not plan(acme, of.pk, now=NOW, page=2)
        assert (Campaign.objects.get().look_at, Campaign.objects.get().looked_until) == (None, NOW)
        assert Invitation.objects.count() == 3


def test_each_trigger_finds_what_it_is_named_after(acme: BrandRef) -> None:
    with brand_tx(acme):
        ann, ben = person("ann", country="DE"), person("ben")
        delivered = Touchpoint.objects.create(key="delivered")
        TouchpointEvent.objects.create(external_id="e", customer=ann, touchpoint=delivered, occurred_at=NOW - DAY)
        Order.objects.create(external_id="o", customer=ben, ordered_at=NOW - DAY, amount=5, currency="USD")
        Order.objects.create(
            external_id="r", customer=ann, ordered_at=NOW - DAY, amount=5, currency="USD", kind="REFUND"
        )

        events = campaign("event", trigger="TOUCHPOINT_EVENT", touchpoint=delivered)
        orders = campaign("order", trigger="ORDERED")
        dates = campaign("date", trigger="DATE", on_date=NOW.date())
        germans = campaign("germans", trigger="DATE", on_date=NOW.date(), conditions={"country": ["DE"]})
        others = campaign("other day", trigger="DATE", on_date=(NOW + DAY).date())
        # Ids are of today; what was ordered in June is not looked for among those made before.
        assert [planned(acme, of) for of in (events, dates, germans, others)] == [["ann"], ["ann", "ben"], ["ann"], []]
        assert planned(acme, orders) == ["ben"]
        assert planned(acme, dates, page=1) == ["ann", "ben"]


def test_a_sample_is_the_same_whenever_it_is_drawn_and_grows_with_its_share() -> None:
    of, names = uuid7(), [f"order:{number}" for number in range(2_000)]
    drawn = {share: {name for name in names if is_sampled(of, name, share)} for share in (0, 0.1, 0.5, 1)}

    assert drawn[0] < drawn[0.1] < drawn[0.5] < drawn[1] == set(names)
    assert 140 < len(drawn[0.1]) < 260
    assert drawn[0.1] != {name for name in names if is_sampled(uuid7(), name, 0.1)}


def test_what_nobody_answers_in_time_expires_as_of_when_its_time_was_over(acme: BrandRef) -> None:
    with brand_tx(acme):
        of = campaign(open_days=3)
        for name in ("ann", "ben"):
            resolved(name, person(name))
        planned(acme, of)
        ann, ben = Invitation.objects.order_by("customer__external_id")
        advance([ann.pk, ben.pk], "SENT", NOW)
        advance([ben.pk], "ANSWERED", NOW + DAY)

        assert not expire(NOW + 3 * DAY - timedelta(seconds=1))
        assert Invitation.objects.filter(state="EXPIRED").count() == 0
        assert expire(NOW + 5 * DAY, most=1)
        assert list(Invitation.objects.filter(state="EXPIRED").values_list("pk", "ended_at")) == [
            (ann.pk, NOW + 3 * DAY)
        ]


def test_a_stage_is_asked_about_in_every_version_of_its_journey_and_visits_made_anew_are_the_same(
    acme: BrandRef,
) -> None:
    with brand_tx(acme):
        journey = Journey.objects.create(key="buying", name="Buying", created_at=NOW)
        versions = [
            JourneyVersion.objects.create(journey=journey, number=number, created_at=NOW) if number == 2
            else JourneyVersion.objects.create(
                journey=journey, number=number, state="PUBLISHED", effective_from=NOW - 30 * DAY, created_at=NOW,
                published_at=NOW - 30 * DAY,
            )
            for number in (1, 2)
        ]  # fmt: skip
        first, second = (
            JourneyStage.objects.create(version=version, position=1, key="use", kind="USAGE", name="Use")
            for version in versions
        )
        other = JourneyStage.objects.create(version=versions[0], position=2, key="leave", kind="RENEWAL", name="Leave")
        reached = {name: uuid7() for name in ("ann", "ben", "cem", "dan")}
        stages = {"ann": first, "ben": second, "cem": other, "dan": first}
        people = {name: person(name) for name in reached}

        def walk() -> None:
            """Make all visits anew, as walking does."""
            StageVisit.objects.all().delete()
            for name, by in reached.items():
                at = NOW - (20 * DAY if name == "dan" else timedelta(hours=2))
                visit(people[name], stages[name], at, by)

        walk()
        of = campaign(trigger="STAGE_REACHED", stage=first)

        assert planned(acme, of) == ["ann", "ben"]
        walk()
        assert planned(acme, of, NOW + timedelta(hours=2)) == ["ann", "ben"]
        visit(people["cem"], first, NOW + timedelta(hours=1), uuid7(), number=2)
        assert planned(acme, of, NOW + timedelta(hours=2, minutes=1)) == ["ann", "ben", "cem"]
        row = Invitation.objects.get(customer=people["ann"])
        assert row.occasion == f"stage:{journey.pk}:use:{reached['ann']}"
        assert row.touchpoint == Touchpoint.objects.get(key="app")


def visit(customer: Customer, stage: JourneyStage, at: datetime, by: UUID, number: int = 1) -> StageVisit:
    """Let a customer enter a stage."""
    touchpoint, _ = Touchpoint.objects.get_or_create(key="app")
    return StageVisit.objects.create(
        customer=customer, journey=stage.version.journey, number=number, stage=stage, stage_key=stage.key,
        touchpoint=touchpoint, entered_at=at, entered_by_kind="TOUCHPOINT_EVENT", entered_by_id=by, came="BEGAN",
        skipped=0, again=0, moments=1, last_moment_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(("back_after", "asked"), [(timedelta(hours=6), ["ann", "new"]), (DAY, ["ann"])])
def test_a_day_that_passes_while_its_campaign_is_paused_is_asked_about_that_day_or_never(
    acme: BrandRef, back_after: timedelta, asked: list[str]
) -> None:
    admin, begins = viewer(Role.BRAND_ADMIN), datetime(2026, 6, 1, 4, tzinfo=UTC)
    with brand_tx(acme):
        of = campaign(trigger="DATE", on_date=NOW.date())
        person("ann")
        assert planned(acme, of, begins + timedelta(hours=1)) == ["ann"]
        pause_campaign(actor=admin, campaign_id=of.pk, now=begins + timedelta(hours=2))
        person("new")
        assert planned(acme, of, begins + timedelta(hours=3)) == ["ann"]
        assert sent(begins + timedelta(hours=3)) == []

        start_campaign(actor=admin, campaign_id=of.pk, now=begins + timedelta(hours=2) + back_after)

        back = begins + timedelta(hours=2, minutes=1) + back_after
        assert planned(acme, of, back) == asked
        # What it had planned waited.
        assert sorted(sent(back)) == asked


def test_a_day_is_never_asked_about_by_a_campaign_that_rested_for_all_of_it(acme: BrandRef) -> None:
    admin, begins = viewer(Role.BRAND_ADMIN), datetime(2026, 6, 1, 4, tzinfo=UTC)
    with brand_tx(acme):
        of = campaign(trigger="DATE", on_date=NOW.date())
        person("ann")
        assert planned(acme, of, begins - timedelta(hours=3)) == []
        pause_campaign(actor=admin, campaign_id=of.pk, now=begins - timedelta(hours=2))

        start_campaign(actor=admin, campaign_id=of.pk, now=begins + DAY)

        assert planned(acme, of, begins + DAY + timedelta(minutes=1)) == []
