"""Which contact is whose next: by hand-made cases, and by laws over drawn ones."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.working.routing import Candidate, Hand, Waiting, fits, match

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
GERMAN, BILLING = UUID(int=1), UUID(int=2)
ANN, BOB, CID = UUID(int=101), UUID(int=102), UUID(int=103)


def idle(who: UUID, minutes: int = 10, *, live: int = 0, others: int = 0, capacity: int = 1, **given) -> Candidate:
    """Make an agent that has been available for so long."""
    values = {"skills": {}, "activity": "AVAILABLE", **given}
    return Candidate(who, since=NINE - timedelta(minutes=minutes), hand=Hand(live, others, capacity), **values)


def waiting(number: int, *, live: bool = False, **given) -> Waiting:
    return Waiting(UUID(int=number), live, **{"needs": {}, **given})


def pairs(contacts, agents) -> list[tuple[int, UUID]]:
    return [(contact.int, agent) for contact, agent in match(contacts, agents)]


def test_the_longest_idle_gets_the_first():
    agents = [idle(ANN, 5), idle(BOB, 20), idle(CID, 10)]

    assert pairs([waiting(1), waiting(2)], agents) == [(1, BOB), (2, CID)]


def test_only_who_has_all_the_skills_at_their_levels_gets_it():
    contact = waiting(1, needs={GERMAN: 3, BILLING: 1})
    agents = [idle(ANN, 30, skills={GERMAN: 5}), idle(BOB, 20, skills={GERMAN: 2, BILLING: 5}),
              idle(CID, 1, skills={GERMAN: 3, BILLING: 1})]  # fmt: skip

    assert pairs([contact], agents) == [(1, CID)]
    assert pairs([contact], agents[:2]) == []


def test_one_that_nobody_can_take_does_not_hold_up_the_next():
    assert pairs([waiting(1, needs={GERMAN: 1}), waiting(2)], [idle(ANN)]) == [(2, ANN)]


def test_whoever_is_on_a_call_gets_nothing_and_a_call_goes_to_who_has_nothing():
    on_call = idle(ANN, live=1, capacity=5, activity="ON_CONTACT")
    writing = idle(BOB, others=1, capacity=5, activity="ON_CONTACT")

    assert pairs([waiting(1), waiting(2, live=True)], [on_call, writing]) == [(1, BOB)]


def test_nobody_gets_more_than_its_capacity():
    assert pairs([waiting(n) for n in range(5)], [idle(ANN, capacity=3, others=1)]) == [(0, ANN), (1, ANN)]


def test_whoever_has_nothing_goes_before_whoever_has_waited_longer_with_something():
    busy = idle(ANN, 60, others=1, capacity=3, activity="ON_CONTACT")

    assert pairs([waiting(1), waiting(2)], [busy, idle(BOB, 1)]) == [(1, BOB), (2, ANN)]


def test_nothing_is_put_before_whoever_is_away_or_wrapping_up():
    agents = [idle(UUID(int=n), activity=activity) for n, activity in enumerate(("WRAP_UP", "BREAK", "OFFLINE"))]

    assert pairs([waiting(1)], agents) == []


def test_what_waits_for_somebody_goes_to_nobody_else_and_asks_for_no_skill():
    contact = waiting(1, needs={GERMAN: 5}, agent=BOB)

    assert pairs([contact], [idle(ANN, 30, skills={GERMAN: 5}), idle(BOB)]) == [(1, BOB)]


_levels = st.dictionaries(st.sampled_from([GERMAN, BILLING]), st.integers(1, 5))
_agents = st.lists(
    st.builds(
        lambda who, minutes, hand, skills, activity: Candidate(
            UUID(int=who), skills, activity, NINE - timedelta(minutes=minutes), hand
        ),
        st.integers(1, 30),
        st.integers(0, 9),
        st.one_of(
            st.just(Hand(1, 0, 3)),
            st.builds(
                lambda capacity, others: Hand(0, min(others, capacity), capacity), st.integers(1, 3), st.integers(0, 3)
            ),
        ),
        _levels,
        st.sampled_from(["AVAILABLE", "ON_CONTACT", "WRAP_UP", "BREAK", "OFFLINE"]),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)
_contacts = st.lists(
    st.builds(
        lambda number, live, needs, agent: Waiting(UUID(int=1000 + number), live, needs, agent and UUID(int=agent)),
        st.integers(1, 99),
        st.booleans(),
        _levels,
        st.none() | st.integers(1, 30),
    ),
    max_size=10,
    unique_by=lambda each: each.id,
)  # fmt: skip


@given(_contacts, _agents)
def test_each_goes_once_to_one_who_may_have_it_and_nobody_gets_more_than_fits(contacts, agents):
    by_contact, by_agent = {each.id: each for each in contacts}, {each.id: each for each in agents}

    made = list(match(contacts, agents))

    assert max(Counter(contact for contact, _ in made).values(), default=1) == 1
    hands = {key: each.hand for key, each in by_agent.items()}
    for contact, agent in made:
        one, other = by_contact[contact], by_agent[agent]
        assert other.activity in ("AVAILABLE", "ON_CONTACT")
        assert one.agent == agent or (one.agent is None and fits(one.needs, other.skills))
        assert hands[agent].has_room(live=one.live)
        hands[agent] = hands[agent].with_one_more(live=one.live)


@given(_contacts, _agents)
def test_nothing_waits_that_somebody_left_over_could_have_taken(contacts, agents):
    made = dict(match(contacts, agents))
    hands = {each.id: each.hand for each in agents}
    for contact in contacts:
        if contact.id in made:
            hands[made[contact.id]] = hands[made[contact.id]].with_one_more(live=contact.live)

    left = [each for each in contacts if each.id not in made]

    assert list(match(left, [Candidate(a.id, a.skills, a.activity, a.since, hands[a.id]) for a in agents])) == []


@given(_contacts, _agents, st.randoms())
def test_the_order_of_the_agents_does_not_matter(contacts, agents, chance):
    shuffled = list(agents)
    chance.shuffle(shuffled)

    assert list(match(contacts, shuffled)) == list(match(contacts, agents))
