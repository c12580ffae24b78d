"""How far invitations got, whatever order what happened to them is told in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.states import ENDS, MOMENTS, OPEN, ORDER, Standing, may_follow, moved
from apps.surveys.models import Campaign, Invitation, InvitationEvent, InvitationState, Survey
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

NOW = datetime(2026, 6, 1, tzinfo=UTC)
Told = tuple[str, datetime]
moments = st.integers(0, 9).map(lambda hours: NOW + timedelta(hours=hours))
told = st.lists(st.tuples(st.sampled_from(ORDER), moments), max_size=8)


def walked(events: Sequence[Told]) -> list[Standing]:
    walk = [Standing("PLANNED")]
    for state, at in events:
        walk.append(moved(walk[-1], state, at))
    return walk


def test_every_state_has_its_place() -> None:
    assert sorted(ORDER) == sorted(InvitationState.values)
    assert set(OPEN) | set(ENDS) | {"PLANNED"} == set(ORDER)


@given(st.tuples(told, st.randoms(use_true_random=False)))
def test_any_order_of_events_gives_the_same_state_and_moments(drawn: tuple[list[Told], Random]) -> None:
    events, random = drawn
    shuffled = list(events)
    random.shuffle(shuffled)

    assert walked(shuffled)[-1] == walked(events)[-1] == walked([*events, *events])[-1]


@given(told)
def test_no_event_takes_an_invitation_back(events: list[Told]) -> None:
    walk = walked(events)

    assert all(ORDER.index(later.state) >= ORDER.index(earlier.state) for earlier, later in pairwise(walk))
    for state, name in MOMENTS.items():
        assert walk[-1].moments.get(name) == min((at for said, at in events if said == state), default=None)


def test_only_what_waits_is_suppressed_and_an_answer_counts_after_all_else() -> None:
    assert [state for state in ORDER if may_follow("SUPPRESSED", state)] == ["PLANNED"]
    assert [state for state in ORDER if not may_follow("ANSWERED", state)] == ["ANSWERED"]
    assert [state for state in ORDER if may_follow("EXPIRED", state)] == [*ORDER[:5], "OPENED", "STARTED"]


@pytest.mark.django_db
def test_rows_are_moved_once_and_what_comes_late_is_written_down(acme: BrandRef) -> None:
    with brand_tx(acme):
        campaign = Campaign.objects.create(
            key="after", name="After", survey=Survey.objects.create(key="ces", kind="CES_7", scope="TRANSACTIONAL"),
            state="RUNNING", state_since=NOW, trigger="BY_HAND", channel="EMAIL", open_days=10, reminders=1,
            remind_after_days=2, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        row = Invitation.objects.create(
            external_id="invitation-1", survey=campaign.survey, campaign=campaign, channel="EMAIL", state="PLANNED"
        )
        days = [NOW + timedelta(days=days) for days in range(4)]

        assert advance([row.pk], "SENT", days[0]) == advance([row.pk], "OPENED", days[2]) == {row.pk}
        assert advance([row.pk], "OPENED", days[2]) == advance([row.pk], "BOUNCED", days[1], "mailbox full") == set()
        row.refresh_from_db()
        assert (row.state, row.why, row.sent_at, row.opened_at, row.ended_at) == (
            "OPENED", None, days[0], days[2], None,
        )  # fmt: skip
        assert (row.expires_at, row.remind_at) == (NOW + timedelta(days=10), days[2])

        advance([row.pk], "ANSWERED", days[3])
        row.refresh_from_db()
        assert (row.state, row.answered_at, row.remind_at) == ("ANSWERED", days[3], None)
        events = InvitationEvent.objects.order_by("at").values_list("state", "at", "why")
        assert list(events) == [
            ("SENT", days[0], None), ("BOUNCED", days[1], "mailbox full"), ("OPENED", days[2], None),
            ("ANSWERED", days[3], None),
        ]  # fmt: skip
