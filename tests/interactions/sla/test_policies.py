"""Which policy is a contact's: the first that fits what it was when it was opened."""

from datetime import timedelta
from uuid import UUID

from apps.interactions.sla.policies import first_fitting
from tests.interactions.sla.promises import contact, policy
from tests.interactions.timing.drawn import BILLING, OPENED, SALES

ANY = policy(rank=9, key="any", version_id=UUID(int=1))
CALLS = policy(rank=2, key="calls", channels=frozenset({"PHONE"}), version_id=UUID(int=2))
GOLD = policy(rank=1, key="gold", segments=frozenset({"gold"}), version_id=UUID(int=3))


def test_the_lowest_rank_that_fits_is_taken_whatever_the_order_they_are_read_in() -> None:
    call_of_gold = contact("PHONE", segment="gold")

    assert first_fitting([ANY, CALLS, GOLD], call_of_gold) is GOLD
    assert first_fitting([GOLD, CALLS, ANY], contact("PHONE", segment="silver")) is CALLS
    assert first_fitting([CALLS, ANY, GOLD], contact("CHAT")) is ANY
    assert first_fitting([CALLS, GOLD], contact("CHAT")) is None


def test_of_equal_ranks_the_first_by_key_is_taken() -> None:
    other = policy(rank=9, key="a", version_id=UUID(int=4))

    assert first_fitting([ANY, other], contact()) is other


def test_every_list_that_is_not_empty_must_fit() -> None:
    both = policy(channels=frozenset({"EMAIL"}), queues=frozenset({SALES}), priorities=frozenset({"HIGH"}))

    assert both.fits(contact(queue=SALES, priority="HIGH"))
    assert not both.fits(contact(queue=BILLING, priority="HIGH"))
    assert not both.fits(contact(queue=SALES))
    assert not both.fits(contact("CHAT", queue=SALES, priority="HIGH"))


def test_it_is_for_contacts_opened_from_its_first_instant_to_just_before_its_last() -> None:
    from_now = policy(since=OPENED)
    until_now = policy(until=OPENED)

    assert from_now.fits(contact())
    assert not until_now.fits(contact())
    assert policy(until=OPENED + timedelta(microseconds=1)).fits(contact())
