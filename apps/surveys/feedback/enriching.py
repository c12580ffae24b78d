"""Have words enriched, as a job: a few at a step, none that the present model in its present version has done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from apps.surveys.enrichment.enricher import Enricher, Estimate, Told
from apps.surveys.feedback.marks import mark_said
from apps.surveys.models import FeedbackItem
from cxplatform.imports.objects import store_changed
from cxplatform.jobs.lease import Lease

AT_ONCE: Final = 200
_TIMEOUT_MS: Final = 60_000
_MADE: Final = (
    "detected_language", "score", "label", "mixed", "confidence", "model", "model_version", "enriched_at",
)  # fmt: skip


def enrich_next(lease: Lease) -> bool:
    """Enrich some, as a step of a job; True means there may be more."""
    from apps.surveys.enrichment.choosing import enricher  # noqa: PLC0415  # models of languages load with it

    chosen = enricher()
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        return enrich_some(chosen, timezone.now())


def enrich_some(chosen: Enricher, now: datetime) -> bool:
    """Enrich the next ones: first what nobody has, then what another model has or this one in another version.

    Raises: OperationalError, where all that is left is locked by somebody.
    """
    told = FeedbackItem.objects.filter(text__isnull=False)
    new = told.filter(enriched_at__isnull=True).order_by("created_at", "pk")
    items = _next(new) or _next(told.exclude(model=chosen.model, model_version=chosen.version).order_by("pk"))
    if items:
        _write(items, chosen.enrich([_told(item) for item in items]), chosen, now)
        return True
    # What somebody has under way may be left as it is, and comes next; while they have it, this raises.
    return new.select_for_update(no_key=True, nowait=True).values_list("pk").first() is not None


def is_stale(chosen: Enricher) -> bool:
    """Tell whether something was enriched by another model, or by this one in another version."""
    told = FeedbackItem.objects.filter(text__isnull=False)
    return told.exclude(model=chosen.model, model_version=chosen.version).exists()


def _next(items: "QuerySet[FeedbackItem]") -> list[FeedbackItem]:
    # Locked, so that nobody gives them other words, or takes them away, before this is written down; and none that
    # somebody else has, for whom a worker would keep its place and do nothing.
    locked = items.select_for_update(no_key=True, of=("self",), skip_locked=True).select_related("customer")
    return list(locked[:AT_ONCE])


def _told(item: FeedbackItem) -> Told:
    return Told(item.text or "", item.language, None if item.customer is None else item.customer.language)


def _write(items: Sequence[FeedbackItem], estimates: Sequence[Estimate], chosen: Enricher, now: datetime) -> None:
    for item, its in zip(items, estimates, strict=True):
        item.detected_language, item.score, item.label = its.language, its.score, its.label
        item.mixed, item.confidence = its.mixed, its.confidence
        item.model, item.model_version, item.enriched_at = chosen.model, chosen.version, now
    store_changed(items, _MADE)
    mark_said(item.occurred_at for item in items)
