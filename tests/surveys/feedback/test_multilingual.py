"""The extra `nlp`: sentiments in 16 languages, heads of an operator's own, and themes across languages."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.surveys.enrichment.choosing import enricher
from apps.surveys.enrichment.enricher import Told
from apps.surveys.enrichment.heads import read_head
from apps.surveys.enrichment.multilingual import OURS, Multilingual
from apps.surveys.feedback.enriching import enrich_some, is_stale
from apps.surveys.feedback.looking import JOB_KIND, look_daily
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.feedback.extra import multilingual
from tests.surveys.feedback.said import NOW, contact, say, work

REMARKS = Path(__file__).parents[2] / "bench" / "remarks.tsv"


def remarks() -> list[list[str]]:
    return [line.split("\t") for line in REMARKS.read_text("utf-8").splitlines()]


def test_remarks_in_other_languages_lean_as_they_are_meant_and_another_language_is_not_covered() -> None:
    told = [
        Told("Das Paket kam zwei Wochen zu spät und war kaputt.", "de"),
        Told("Agente muy amable y paciente, gracias.", "es-MX"),
        Told("包裹是坏的", "zh"),
        Told("Very good service, thank you"),
        Told("Balíček přišel pozdě a byl rozbitý.", "cs"),
    ]

    found = multilingual().enrich(told)

    assert [(each.language, each.score is not None and each.score > 0) for each in found[:4]] == [
        ("de", False), ("es", True), ("zh", False), ("en", True),
    ]  # fmt: skip
    assert all(each.confidence is not None and 0 < each.confidence <= 1 for each in found[:4])
    assert (found[4].language, found[4].score, found[4].label, found[4].confidence) == ("cs", None, None, None)
    assert multilingual().enrich([]) == []


def test_of_our_own_remarks_in_fifteen_tongues_at_least_eight_in_ten_are_told_rightly() -> None:
    meant = remarks()

    found = multilingual().enrich([Told(text, language) for language, _, _, text in meant])

    right = sum((each.score or 0) * int(line[2]) > 0 for each, line in zip(found, meant, strict=True))
    assert len({line[0] for line in meant}) == 15
    assert right / len(meant) > 0.8


def test_a_head_is_trained_on_texts_of_ones_own_and_is_another_version(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = multilingual()
    lines = [f'"{text}",{"positive" if sign == "1" else "negative"}' for _, _, sign, text in remarks()]
    (tmp_path / "own.csv").write_text("\n".join(["text,sentiment", *lines]), "utf-8")

    call_command("train_sentiment", str(tmp_path / "own.csv"), "--into", str(tmp_path / "head.json"))

    head = read_head(tmp_path / "head.json")
    assert head.trained_on == "own.csv"
    assert 120 < head.texts < 180
    assert f"version {head.version}" in capsys.readouterr().out
    settings.CX_SENTIMENT_HEAD = str(tmp_path / "head.json")
    assert head.version in Multilingual().version
    assert head.version not in ours.version


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["text,sentiment", "Fine,good"], "line 2"),
        (["words,sentiment", "Fine,positive"], "line 2"),
        (["text,sentiment", "Fine,positive"], "at least 50 positive and 50 negative"),
    ],
)
def test_texts_that_say_too_little_train_nothing_and_leave_no_file(tmp_path: Path, lines: list[str], why: str) -> None:
    (tmp_path / "own.csv").write_text("\n".join(lines), "utf-8")

    with pytest.raises(CommandError, match=why):
        call_command("train_sentiment", str(tmp_path / "own.csv"), "--into", str(tmp_path / "head.json"))

    assert not (tmp_path / "head.json").exists()


@pytest.mark.parametrize("written", ["", "{}", '{"encoder": "0"}'])
def test_a_file_that_is_no_head_is_named_when_the_model_is_loaded(tmp_path: Path, settings: Any, written: str) -> None:
    multilingual()
    (tmp_path / "head.json").write_text(written, "utf-8")
    settings.CX_SENTIMENT_HEAD = str(tmp_path / "head.json")

    with pytest.raises(ImproperlyConfigured, match="CX_SENTIMENT_HEAD"):
        Multilingual()


def test_a_head_of_another_encoder_is_refused() -> None:
    multilingual()
    head = read_head(OURS)

    with pytest.raises(ImproperlyConfigured, match="train it anew"):
        Multilingual(type(head)("0.0", head.trained_on, head.texts, head.weights, head.bias))


@pytest.fixture
def chosen(settings: Any) -> Iterator[None]:
    """Set the extra's class, as an operator would."""
    multilingual()
    settings.CX_ENRICHER = "apps.surveys.enrichment.multilingual.Multilingual"
    enricher.cache_clear()
    yield
    enricher.cache_clear()


def look_again(brand: BrandRef) -> None:
    """Look without waiting for tomorrow."""
    with brand_tx(brand):
        Job.objects.filter(kind=JOB_KIND).delete()
    look_daily(brand)
    run_due(brand)


def found_in(brand: BrandRef) -> dict[Any, tuple[list[str], str | None]]:
    with brand_tx(brand):
        return {theme.pk: (theme.terms, theme.language) for theme in Theme.objects.all()}


@pytest.mark.django_db
def test_a_theme_is_of_several_languages_is_named_in_the_commonest_and_found_again(
    acme: BrandRef, chosen: None
) -> None:
    # German twice, so that it is the commonest of each theme.
    said = [(language, about, text) for language, about, _, text in remarks() if about in ("delivery", "app")
            for _ in range(2 if language == "de" else 1)]  # fmt: skip
    yesterday = (timezone.now() - timedelta(days=1)).isoformat()
    for number, (language, about, text) in enumerate(said):
        extra = " Paket" if language == "de" and about == "delivery" else ""
        told = {"customer": f"c-{number}", "language": language, "occurred_at": yesterday}
        say(acme, "feedback", external_id=f"f-{number}", kind="SOCIAL", text=text + extra, **told)
    run_due(acme)
    look_again(acme)
    first = found_in(acme)
    with brand_tx(acme):
        models = set(FeedbackItem.objects.values_list("model", flat=True))
        of_theme = dict(FeedbackItem.objects.filter(theme__isnull=False).values_list("external_id", "theme"))

    look_again(acme)

    assert models == {"use-multilingual-3"}
    by_theme: dict[Any, set[str]] = {}
    for number, (_, about, _) in enumerate(said):
        if f"f-{number}" in of_theme:
            by_theme.setdefault(of_theme[f"f-{number}"], set()).add(about)
    assert sorted(map(sorted, by_theme.values())) == [["app"]] * (len(by_theme) - 1) + [["delivery"]]
    assert len(of_theme) > 0.8 * len(said)
    assert {language for _, language in first.values()} == {None}
    assert [terms[0] for terms, _ in first.values()].count("paket") == 1
    assert found_in(acme) == first


@pytest.mark.django_db
def test_what_the_default_estimated_is_estimated_anew_and_stored_with_model_and_version(acme: BrandRef) -> None:
    contact(acme, "Das Paket kam zwei Wochen zu spät und war kaputt.")
    work(acme)
    model = multilingual()
    with brand_tx(acme):
        assert is_stale(model)
        assert enrich_some(model, NOW)
        assert not enrich_some(model, NOW)
        (item,) = FeedbackItem.objects.all()

    assert (item.model, item.model_version, item.detected_language) == ("use-multilingual-3", model.version, "de")
    assert item.score is not None
    assert item.score < 0
    assert item.confidence is not None
