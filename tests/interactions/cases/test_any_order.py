"""Stored contacts with decisions among them: whatever else arrives in any order and batches, the cases are the same."""

from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.interactions import commands
from apps.interactions.models import Interaction
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.cases.stored import NOW, case_of, contact, effort, join_all, members
from tests.interactions.working.rows import viewer
from tests.metrics.drawn import scratch


def _decide(chance: Random, made: list[Interaction]) -> None:
    """Split, merge or move something of what there is, where that is possible."""
    one, other = chance.sample(made, 2)
    about: dict[str, Any] = {"actor": viewer(), "now": NOW}
    before = effort()
    if case_of(one) != case_of(other) and chance.random() < 0.5:
        commands.merge_cases(**about, case_ids=[case_of(one)], into_id=case_of(other))
    elif case_of(one) == case_of(other):
        commands.split_case(**about, case_id=case_of(one), interaction_ids=[one.pk])
    else:
        commands.move_interaction(**about, interaction_id=one.pk, case_id=case_of(other))
    assert effort() == before


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32))
def test_what_arrives_later_gives_the_same_cases_in_any_order(db: None, acme: BrandRef, seed: int) -> None:
    chance = Random(seed)
    days = [chance.choice([0, 3, 7, 7.01, 12, 20, 30]) + number / 1_000 for number in range(8)]
    later = [(f"late {number}", chance.uniform(-5, 35)) for number in range(4)]

    with brand_tx(acme), scratch():
        made = [contact(f"{number}", day) for number, day in enumerate(days)]
        join_all()
        for _ in range(3):
            _decide(chance, made)
        with scratch():
            for told in later:
                contact(*told)
            join_all()
            expected = members()
            join_all()
            assert members() == expected
        for told in chance.sample(later, len(later)):
            contact(*told)
            join_all()

        assert members() == expected
