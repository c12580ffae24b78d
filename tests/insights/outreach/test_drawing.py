"""Who is told and who is held out: the same whenever asked, by chance, and after asking who may be contacted."""

from collections import Counter
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from apps.customers.consents.deciding import Decision, Why
from apps.insights.outreach.drawing import Drawn, Fate, draw, is_held_out

MAY = Decision(True, Why.ALLOWED)
RULE = UUID(int=7)


@given(st.uuids(), st.uuids(), st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_whom_a_smaller_share_holds_out_a_larger_does_too_and_always(rule, customer, one, other):
    small, large = sorted((one, other))

    assert is_held_out(rule, customer, small) == is_held_out(rule, customer, small)
    assert is_held_out(rule, customer, small) <= is_held_out(rule, customer, large)


def test_the_share_is_held_out_and_two_rules_hold_out_others():
    customers = [UUID(int=number) for number in range(20_000)]
    one = {each for each in customers if is_held_out(RULE, each, 0.1)}
    other = {each for each in customers if is_held_out(UUID(int=8), each, 0.1)}

    # Four standard deviations either way.
    assert abs(len(one) - 2_000) < 170
    assert abs(len(other) - 2_000) < 170
    assert abs(len(one & other) - 200) < 57


def test_who_may_not_be_contacted_is_in_neither_group_and_quiet_hours_only_wait():
    never, quiet, may = uuid4(), uuid4(), uuid4()
    said = {never: Decision(False, Why.FORBIDDEN), quiet: Decision(False, Why.QUIET_HOURS), may: MAY}

    fates = list(draw(RULE, 0.5, [never, quiet, may], said, 9))

    kept = Fate.HELD_OUT if is_held_out(RULE, may, 0.5) else Fate.TREATED
    assert fates == [Drawn(never, Fate.SUPPRESSED, "FORBIDDEN"), Drawn(quiet, Fate.QUIET_HOURS), Drawn(may, kept)]


@given(st.lists(st.uuids(), unique=True, max_size=60), st.integers(0, 10))
def test_a_full_day_takes_nobody_of_either_group(customers, left):
    fates = [each.fate for each in draw(RULE, 0.3, customers, dict.fromkeys(customers, MAY), left)]
    counts = Counter(fates)

    assert counts[Fate.TREATED] <= left
    if Fate.DAY_IS_FULL in fates:
        first = fates.index(Fate.DAY_IS_FULL)
        assert (set(fates[first:]), counts[Fate.TREATED]) == ({Fate.DAY_IS_FULL}, left)
