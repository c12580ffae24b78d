"""Without an effect the alarm is false about as often as the level says; a planted one is found."""

import numpy as np
import pytest

from apps.insights.experience.pairs import NOBODY, Share
from apps.insights.outreach.drawing import is_held_out
from apps.insights.outreach.judging import Effect, Unknown, Verdict
from cxplatform.ids import uuid7

ROUNDS = 4_000


def drawn(told: int, held: int, rates: tuple[float, float], seed: int = 1) -> list[Effect]:
    chance = np.random.default_rng(seed)
    treated = chance.binomial(told, rates[0], ROUNDS).tolist()
    held_out = chance.binomial(held, rates[1], ROUNDS).tolist()
    return [Effect(Share(one, told), Share(other, held)) for one, other in zip(treated, held_out, strict=True)]


def share(effects: list[Effect], *verdicts: Verdict) -> float:
    return sum(each.verdict in verdicts for each in effects) / len(effects)


@pytest.mark.parametrize(("told", "held", "rate"), [(450, 50, 0.3), (900, 100, 0.1), (500, 500, 0.2), (50, 50, 0.5)])
def test_without_an_effect_false_alarms_are_as_many_as_the_level_says(told, held, rate):
    effects = drawn(told, held, (rate, rate))

    # 5 %, and what 4,000 rounds and so few customers let it stray.
    assert 0.03 < share(effects, Verdict.PREVENTS, Verdict.CAUSES) < 0.07
    covered = [each.interval.low <= 0 <= each.interval.high for each in effects if each.interval]
    assert np.mean(covered) > 0.93


def test_a_planted_effect_is_found_with_its_sign_and_size():
    fewer = drawn(4_500, 500, (0.10, 0.20))
    more = drawn(4_500, 500, (0.20, 0.10))

    assert share(fewer, Verdict.PREVENTS) > 0.99
    assert share(more, Verdict.CAUSES) > 0.99
    assert np.mean([each.prevented for each in fewer]) == pytest.approx(0.10, abs=0.002)
    assert np.mean([each.prevented_customers for each in fewer]) == pytest.approx(450, abs=9)


def test_the_draw_itself_does_not_tell_groups_apart():
    """Whole rules over the same customers, of whom the same contact whatever is done: the draw is what is tried."""
    chance = np.random.default_rng(3)
    customers = [(uuid7(), bool(contacts)) for contacts in chance.random(1_000) < 0.2]
    alarms = 0
    for _ in range(400):
        rule, counts = uuid7(), {True: [0, 0], False: [0, 0]}
        for key, contacts in customers:
            group = counts[is_held_out(rule, key, 0.2)]
            group[0] += contacts
            group[1] += 1
        effect = Effect(Share(*counts[False]), Share(*counts[True]))
        alarms += effect.verdict in (Verdict.PREVENTS, Verdict.CAUSES)

    # 20 are expected; four standard deviations.
    assert alarms < 38


@pytest.mark.parametrize(
    ("treated", "held_out", "why"),
    [
        (NOBODY, NOBODY, Unknown.NO_WINDOW_OVER),
        (Share(9, 49), Share(9, 50), Unknown.TOO_FEW_TREATED),
        (Share(9, 50), Share(9, 49), Unknown.TOO_FEW_HELD_OUT),
        (Share(0, 50), Share(0, 50), Unknown.NO_VARIATION),
        (Share(50, 50), Share(50, 50), Unknown.NO_VARIATION),
    ],
)
def test_of_too_little_nothing_is_told(treated, held_out, why):
    effect = Effect(treated, held_out)

    assert (effect.verdict, effect.unknown) == (Verdict.NOT_KNOWN, why)
    assert [effect.prevented, effect.interval, effect.p_value, effect.prevented_customers] == [None] * 4


def test_by_hand():
    """Held out 15 of 50, told 90 of 450: 0.1 fewer of 450 are 45; the pooled test has z = 0.1 / 0.0607 = 1.647."""
    effect = Effect(Share(90, 450), Share(15, 50))

    assert (effect.prevented, effect.prevented_customers) == (pytest.approx(0.1), pytest.approx(45))
    assert effect.p_value == pytest.approx(0.0995, abs=5e-4)
    assert effect.verdict is Verdict.NO_DIFFERENCE_FOUND
