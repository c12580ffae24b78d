"""Have themes looked for once a day, as a job of one step, and what another model estimated estimated anew."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from apps.surveys.enrichment.enricher import Enricher
from apps.surveys.feedback.enriching import is_stale
from apps.surveys.feedback.marks import ask_for_enrichment
from apps.surveys.models import FeedbackItem
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

if TYPE_CHECKING:
    from apps.surveys.feedback.themes.words import Matrix

JOB_KIND: Final = "feedback-themes"
_EVERY: Final = timedelta(days=1)
_TIMEOUT_MS: Final = 120_000
# Texts that a model places before the lease is renewed: a few seconds' work.
_AT_ONCE: Final = 500


def look_daily(brand: BrandRef) -> None:
    """Ask for a look where the last was asked for a day ago, and there is anything to look at."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        asked_for = Job.objects.filter(kind=JOB_KIND, created_at__gt=now - _EVERY).exists()
        if asked_for or not FeedbackItem.objects.exists():
            return
    with brand_tx(brand):
        enqueue(JOB_KIND, {}, now=now)
    run_jobs.wake(brand.id)


def look_next(lease: Lease) -> bool:
    """Look, as the one step of a job."""
    from apps.surveys.enrichment.choosing import enricher  # noqa: PLC0415  # models of languages load with it
    from apps.surveys.feedback.themes.looking import look_for_themes  # noqa: PLC0415  # numpy, as in fitting lifetimes

    chosen, now = enricher(), timezone.now()
    placed = _placed(lease, chosen, now)
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        look_for_themes(now, placed)
        if is_stale(chosen):
            ask_for_enrichment(now)
    return False


def _placed(lease: Lease, chosen: Enricher, now: datetime) -> "dict[str, Matrix] | None":
    """Return where the model places what was said; None of one that places nothing.

    Some at a time and between doors: it takes a while, and each door renews the lease.
    """
    from apps.surveys.feedback.themes.looking import texts_to_place  # noqa: PLC0415  # as above

    if chosen.embed(()) is None:
        return None
    with lease.door():
        texts = sorted(set(texts_to_place(now)))
    placed: dict[str, Matrix] = {}
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        rows = chosen.embed(some)
        if rows is not None:
            placed |= zip(some, rows, strict=True)
        with lease.door():
            pass
    return placed
