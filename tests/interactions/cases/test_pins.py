"""What people decided about cases, given to the pure joining: it is kept, whatever else there is and in any order."""

import itertools
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.cases.joining import Contact, cases_of, chains, pin_of, summary, survivors
from tests.interactions.cases.test_joining import contact, parts

P, Q, R = UUID(int=101), UUID(int=102), UUID(int=103)
GAP = timedelta(days=7)


def pinned(number: int, days: float, pin: UUID | None, case: UUID | None = None) -> Contact:
    return replace(contact(number, days, case=case), pin=pin)


def test_what_people_put_together_is_together_however_far_apart() -> None:
    assert parts(pinned(1, 0, P), contact(2, 30), pinned(3, 60, P)) == [[1, 3], [2]]


def test_what_people_put_apart_is_apart_however_close() -> None:
    assert parts(pinned(1, 0, P), pinned(2, 0.1, Q), pinned(3, 0.2, P)) == [[1, 3], [2]]


def test_what_comes_later_follows_the_contact_before_it() -> None:
    assert parts(pinned(1, 0, P), pinned(2, 1, Q), contact(3, 2)) == [[1], [2, 3]]


def test_what_comes_late_is_followed_by_the_contact_after_it() -> None:
    assert parts(contact(1, 0), pinned(2, 6, P), pinned(3, 7, Q)) == [[1, 2], [3]]


def test_no_contact_makes_one_case_of_two_that_people_made() -> None:
    between = [contact(number, number * 5) for number in (1, 2, 3)]

    assert parts(pinned(10, 0, P), *between, pinned(20, 20, Q)) == [[10, 1, 2, 3], [20]]


def test_what_people_made_keeps_its_case_and_the_rest_of_it_gets_another() -> None:
    chained = chains([contact(1, 0, case=P), pinned(2, 20, P, P)])

    assert cases_of(chained, [P]) == [None, P]
    # Known or not: it may have gone meanwhile.
    assert cases_of(chained, []) == [None, P]


def test_a_case_that_is_no_more_leads_to_where_its_first_contact_went() -> None:
    placed = [(P, [contact(1, 0, case=P), contact(3, 2, case=R)]), (Q, [contact(2, 1, case=R)])]

    assert survivors(placed, [R]) == {R: Q}


drawn_contacts = st.lists(
    st.tuples(st.floats(0, 60, allow_nan=False), st.sampled_from((None, None, P, Q, R))), max_size=14
).map(lambda drawn: [pinned(number, days, pin) for number, (days, pin) in enumerate(drawn)])


@given(drawn_contacts, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(drawn: list[Contact], chance: Random) -> None:
    assert chains(chance.sample(drawn, len(drawn))) == chains(drawn)


@given(drawn_contacts)
def test_pins_are_kept_and_the_rest_follows_by_the_gap(drawn: list[Contact]) -> None:
    chained = chains(drawn)

    assert sorted(its.id for chain in chained for its in chain) == sorted(its.id for its in drawn)
    by_pin = [pin for chain in chained if (pin := pin_of(chain))]
    assert len(by_pin) == len(set(by_pin)) == len({its.pin for its in drawn} - {None})
    for chain in chained:
        assert len({its.pin for its in chain} - {None}) <= 1
        assert chain == sorted(chain, key=lambda its: (its.opened_at, its.key))
    where = {its.id: place for place, chain in enumerate(chained) for its in chain}
    for before, after in itertools.pairwise(sorted(drawn, key=lambda its: (its.opened_at, its.key))):
        if before.pin is None and after.pin is None and after.opened_at - before.opened_at <= GAP:
            assert where[before.id] == where[after.id]


@given(drawn_contacts)
def test_joining_what_is_joined_changes_nothing(drawn: list[Contact]) -> None:
    chained = chains(drawn)
    made = [case or UUID(int=1_000 + place) for place, case in enumerate(cases_of(chained, []))]
    joined = [replace(its, case=case) for case, chain in zip(made, chained, strict=True) for its in chain]

    again = chains(joined)

    assert cases_of(again, made) == made
    assert [[its.id for its in chain] for chain in again] == [[its.id for its in chain] for chain in chained]


@given(drawn_contacts, st.sampled_from((P, Q)))
def test_contacts_and_effort_are_kept_by_whatever_is_decided(drawn: list[Contact], into: UUID) -> None:
    merged = [replace(its, pin=into if its.pin in (P, Q) else its.pin) for its in drawn]

    before, after = ([summary(chain) for chain in chains(contacts)] for contacts in (drawn, merged))

    assert sum(its.contacts for its in before) == sum(its.contacts for its in after)
    assert sum(its.handle_seconds or 0 for its in before) == sum(its.handle_seconds or 0 for its in after)
