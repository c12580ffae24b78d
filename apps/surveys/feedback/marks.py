"""What of the inbox is to be made anew, said in the transaction that changes what it is made of."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.surveys.models import FeedbackItem
from cxplatform.dirty.marks import mark
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

# Days whose pieces of feedback are to be counted anew.
TOPIC: Final = "feedback_item"
ENRICH: Final = "feedback-enrichment"
# What was made of words, and is forgotten with them.
NOT_ENRICHED: Final[dict[str, object]] = {
    "detected_language": None, "score": None, "label": None, "mixed": False, "confidence": None, "model": None,
    "model_version": None, "enriched_at": None,
}  # fmt: skip


def words_changed(ids: Iterable[UUID], now: datetime) -> None:
    """Forget what was made of words that are others by now, and have it made anew."""
    FeedbackItem.objects.filter(pk__in=list(ids)).update(**NOT_ENRICHED)
    ask_for_enrichment(now)


def ask_for_enrichment(now: datetime) -> None:
    """Have what is not enriched enriched soon, unless that waits to be done already."""
    if not Job.objects.filter(kind=ENRICH, state=JobState.QUEUED).exists():
        enqueue(ENRICH, {}, now=now)
        transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)


def mark_said(moments: Iterable[datetime]) -> None:
    """Have the numbers of the days counted anew on which these were said."""
    zone = current_brand().zone
    mark(TOPIC, {moment.astimezone(zone).date() for moment in moments})
