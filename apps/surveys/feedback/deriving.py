"""Make pieces of feedback of answers with comments and contacts with texts. The only writer of those.

A batch is one transaction, and holds the locks under which its sources are stored or erased: what was erased is not
made anew by whoever read it before. An import waits for it meanwhile, so that it is of few rows. Running twice changes
nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils import timezone

from apps.interactions.models import Interaction
from apps.interactions.topics import SAID
from apps.surveys.feedback.marks import NOT_ENRICHED, ask_for_enrichment, mark_said
from apps.surveys.feedback.sources import Said, Span, said_in_answers, said_in_contacts, within
from apps.surveys.models import FeedbackItem, SurveyResponse
from cxplatform.dirty.models import DirtyMark
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.objects import store_changed, store_new
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand
from cxplatform.tenancy.plans import plan_anew

MADE_OF: Final = "made-of-"
MOST_DAYS: Final = 7
MOST_MARKS: Final = 20_000
# Contacts and answers of a batch that is of more than one day: half a second's work.
MOST_ROWS: Final = 5_000
_TIMEOUT_MS: Final = 60_000
_TOLD: Final = ("kind", "text", "occurred_at", "customer_id", "language")


def derive_marked(brand: BrandRef) -> bool:
    """Make the feedback of a week of marked days anew, in one door; tell whether more are marked."""
    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        plan_anew()
        for kind in ("survey-responses", "interactions"):
            lock_kind(current_brand(), kind_named(kind))
        marks = DirtyMark.objects.filter(topic=SAID)
        days = list(marks.order_by("day").values_list("day", flat=True).distinct()[: MOST_DAYS + 1])
        batch = _few(days[:MOST_DAYS], brand.zone)
        done = list(marks.filter(day__in=batch).values_list("id", flat=True)[:MOST_MARKS])
        if batch:
            derive([_span(day, brand.zone) for day in batch], timezone.now())
        marks.filter(id__in=done).delete()
        return len(days) > len(batch) or len(done) == MOST_MARKS


def _few(days: Sequence[date], zone: ZoneInfo) -> Sequence[date]:
    """Return the first of these days on which together there were no more than so many, or the first alone."""
    spans, rows = [_span(day, zone) for day in days], [0] * len(days)
    for model, moment in ((SurveyResponse, "answered_at"), (Interaction, "opened_at")):
        of_days = {f"day_{number}": Count("pk", filter=within(moment, [span])) for number, span in enumerate(spans)}
        counted = model.objects.filter(within(moment, spans)).aggregate(**of_days)
        rows = [before + counted[name] for before, name in zip(rows, of_days, strict=True)]
    number = sum(1 for total in accumulate(rows) if total <= MOST_ROWS)
    return days[: max(number, 1)]


def derive(spans: Sequence[Span], now: datetime) -> None:
    """Let the feedback of these spans be what their rows say."""
    answers, contacts = said_in_answers(spans), said_in_contacts(spans)
    _put("survey_response", answers, within("survey_response__answered_at", spans), now)
    _put("interaction", contacts, within("interaction__opened_at", spans), now)


def _put(by: str, said: Mapping[UUID, tuple[str, Said]], there: Q, now: datetime) -> None:
    key = f"{by}_id"
    stored = {getattr(item, key): item for item in FeedbackItem.objects.filter(there | Q(**{f"{key}__in": list(said)}))}
    fresh = [
        FeedbackItem(
            source=source, external_id=f"{MADE_OF}{row}", created_at=now, updated_at=now, **{key: row}, **_told(its)
        )
        for row, (source, its) in said.items()
        if row not in stored
    ]
    # What was erased with its source stays, without words; what its source took back goes.
    gone = [item for row, item in stored.items() if row not in said and item.text is not None]
    was = [item.occurred_at for item in stored.values()]
    changed = [item for row, item in stored.items() if row in said and _change(item, said[row][1], now)]
    store_new(fresh)
    store_changed(changed, [*_TOLD, "updated_at", *NOT_ENRICHED])
    FeedbackItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
    if fresh or changed or gone:
        mark_said([*was, *(item.occurred_at for item in (*fresh, *changed))])
        ask_for_enrichment(now)


def _change(item: FeedbackItem, its: Said, now: datetime) -> bool:
    """Let an item say what its row says; tell whether it said something else."""
    told = _told(its)
    if all(getattr(item, name) == value for name, value in told.items()):
        return False
    changes: dict[str, Any] = {**told, "updated_at": now}
    if (item.text, item.language) != (its.text, its.language):
        changes |= NOT_ENRICHED
    for name, value in changes.items():
        setattr(item, name, value)
    return True


def _told(its: Said) -> dict[str, Any]:
    return {name: getattr(its, name) for name in _TOLD}


def _span(day: date, zone: ZoneInfo) -> Span:
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return start, end
