"""Which contacts belong together, and which case goes on."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.cases.joining import Contact, cases_of, chains, summary

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD, NEW = UUID(int=100), UUID(int=200)


def contact(number: int, days: float, *, case: UUID | None = None, channel: str = "PHONE") -> Contact:
    opened_at = START + timedelta(days=days)
    return Contact(UUID(int=number), opened_at, ("import", f"i{number}"), channel, 60.0, False, case)


def parts(*contacts: Contact) -> list[list[int]]:
    return [[its.id.int for its in chain] for chain in chains(contacts)]


def test_contacts_at_most_a_week_apart_are_one_case_however_long_it_lasts() -> None:
    assert parts(contact(1, 0), contact(2, 7), contact(3, 14), contact(4, 21.1)) == [[1, 2, 3], [4]]


def test_a_late_contact_joins_two_cases_and_the_one_opened_first_survives() -> None:
    chained = chains([contact(1, 0, case=OLD), contact(2, 10, case=NEW), contact(3, 5)])

    assert [len(chain) for chain in chained] == [3]
    assert cases_of(chained, [NEW, OLD]) == [OLD]


def test_of_a_case_that_falls_apart_the_first_part_keeps_it() -> None:
    chained = chains([contact(1, 0, case=OLD), contact(2, 10, case=OLD), contact(3, 30)])

    assert cases_of(chained, [OLD]) == [OLD, None, None]


def test_a_contact_brings_no_case_along_from_another_reason() -> None:
    assert cases_of(chains([contact(1, 0, case=OLD)]), [NEW]) == [None]


def test_a_case_sums_its_contacts_up() -> None:
    chain = [
        contact(1, 0, channel="EMAIL"), replace(contact(2, 1), handle_seconds=None),
        replace(contact(3, 2), done=True), contact(4, 3, channel="CHAT"),
    ]  # fmt: skip

    its = summary(chain)

    assert (its.contacts, its.channel_switches, its.handle_seconds, its.resolved) == (4, 2, 180, False)
    assert (its.opened_at, its.last_contact_at) == (START, START + timedelta(days=3))
    assert summary(chain[:3]).resolved
    assert summary(chain[1:2]).handle_seconds is None


contacts = st.lists(st.floats(0, 60, allow_nan=False), max_size=12).map(
    lambda days: [contact(number, day) for number, day in enumerate(days)]
)


@given(contacts, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(drawn: list[Contact], random: object) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert chains(shuffled) == chains(drawn)


@given(contacts)
def test_every_contact_is_in_one_case_and_no_two_cases_are_within_the_gap(drawn: list[Contact]) -> None:
    chained = chains(drawn)

    assert sorted(its.id for chain in chained for its in chain) == sorted(its.id for its in drawn)
    for before, after in itertools.pairwise(chained):
        assert after[0].opened_at - before[-1].opened_at > timedelta(days=7)
    for chain in chained:
        assert all(b.opened_at - a.opened_at <= timedelta(days=7) for a, b in itertools.pairwise(chain))
