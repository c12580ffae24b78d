"""The definitions agree with themselves, with the vocabulary and with the page made from them."""

from dataclasses import replace
from pathlib import Path

import pytest

from apps.interactions.models import AgentState, Interaction, SlaInstance
from apps.journeys.models import Handoff, PromiseOutcome, TouchpointEvent
from apps.metrics.definitions import registry
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.registry import FACTS, METRICS, SPANNED, UNKEPT, fingerprint, layout
from apps.metrics.definitions.vocabulary import Bins, Statistic
from apps.metrics.docs import page
from apps.metrics.models import Histogram, Rollup
from apps.surveys.models import FeedbackItem, Invitation, SurveyResponse

EVERY_METRIC = [pytest.param(metric, id=key) for key, metric in METRICS.items()]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("fact", [*FACTS, *UNKEPT, *SPANNED], ids=lambda fact: fact.key)
def test_a_components_name_means_one_thing(fact) -> None:
    names = [part.name for part in layout(fact.key)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("metric", EVERY_METRIC)
def test_a_metric_has_two_examples_that_answer_every_variant(metric: Metric) -> None:
    assert len(metric.examples) >= 2
    assert {variant.key for variant in metric.variants} == {
        key for example in metric.examples for key in example.answers
    }


@pytest.mark.parametrize("metric", EVERY_METRIC)
def test_a_guard_rail_is_a_metric_of_the_same_contacts(metric: Metric) -> None:
    if metric.guard_rail is not None:
        guard = METRICS[metric.guard_rail]
        assert guard.fact.table == metric.fact.table
        assert {d.key for d in metric.fact.dimensions} <= {d.key for d in guard.fact.dimensions}


@pytest.mark.parametrize("metric", EVERY_METRIC)
def test_quantiles_are_for_durations_and_scores_alone(metric: Metric) -> None:
    for variant in metric.variants:
        assert variant.statistics == (tuple(Statistic) if variant.measure else ())
        if variant.measure:
            assert (variant.measure.bins is Bins.WHOLE) == (metric.unit == "SCORE")


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_shapes_hold_at_most_two_dimensions_of_the_row_itself(fact) -> None:
    assert fact.shapes[0] == ()
    assert set(fact.histogram_shapes) <= set(fact.shapes)
    for shape in fact.shapes:
        assert len(shape) <= 2
        assert all(fact.dimension(key).join is None for key in shape)


def test_facts_name_the_tables_that_are() -> None:
    counted = (
        Interaction, SurveyResponse, AgentState, SlaInstance, TouchpointEvent, PromiseOutcome, Handoff, Invitation,
        FeedbackItem,
    )  # fmt: skip
    tables = {model._meta.db_table for model in counted}

    assert {fact.table for fact in (*FACTS, *UNKEPT)} == tables


def test_names_fit_their_columns() -> None:
    longest = {field.name: field.max_length for field in (*Rollup._meta.fields, *Histogram._meta.fields)}

    for fact in FACTS:
        assert len(fact.key) <= longest["fact"]
        assert all(len(measure.name) <= longest["measure"] for measure in registry.measures(fact.key))


def test_a_changed_definition_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint("interaction")
    changed = replace(
        METRICS["VOLUME"], variants=(replace(METRICS["VOLUME"].variants[0], excluded=layout("repeat")[0]),)
    )
    monkeypatch.setitem(METRICS, "VOLUME", changed)
    for remembered in (registry.layout, registry.fingerprint):
        remembered.cache_clear()

    after = fingerprint("interaction")

    monkeypatch.undo()
    for remembered in (registry.layout, registry.fingerprint):
        remembered.cache_clear()
    assert before != after


def test_the_page_of_metrics_is_the_definitions() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == page()
