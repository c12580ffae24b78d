"""Put what hangs on merged reasons under those they were merged into, a bounded number of rows at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from apps.interactions.case_marks import mark_customers
from apps.interactions.models.case import Case
from apps.interactions.models.interaction import Interaction
from apps.interactions.models.reason import Reason, ReasonAlias, ReasonTouchpoint, ReasonVersion
from apps.interactions.placing.placing import place
from apps.interactions.reasons.merged import final
from apps.interactions.slas.marks import mark_told
from cxplatform.dirty.marks import mark
from cxplatform.imports.kinds import Kind, kind_named, kind_names
from cxplatform.jobs.lease import Lease
from cxplatform.tenancy.doors import current_brand

JOB_KIND: Final = "move_merged_reasons"
# What a request moves itself, and a step of the job: it takes a fraction of a second.
MOST_AT_ONCE: Final = 2_000
_STEP_TIMEOUT_MS: Final = 60_000
# The tree keeps its own; cases are made of contacts anew.
_FOLLOWING: Final = (Reason, ReasonAlias, ReasonVersion, ReasonTouchpoint, Case)


def move_rows(old: Iterable[UUID], new: UUID, *, now: datetime) -> int:
    """Move at most so many rows of each table; their days' numbers are made anew. Return how many were moved."""
    gone = list(old)
    return sum(_move(model, column, gone, new, now) for model, column in _holders())


def are_left(old: Iterable[UUID]) -> bool:
    """Tell whether anything hangs on these reasons still."""
    gone = list(old)
    return any(model._default_manager.filter(**{f"{column}__in": gone}).exists() for model, column in _holders())


def move_merged(lease: Lease) -> bool:
    """Do a step of the job: True means there is more. Merged on meanwhile, rows go to where that leads by now."""
    now = timezone.now()
    with lease.door(statement_timeout_ms=_STEP_TIMEOUT_MS):
        merged = UUID(lease.args["reason"])
        return move_rows([merged], final(merged), now=now) > 0


def move_links(old: Iterable[UUID], new: Reason) -> None:
    """Link the touchpoints of merged reasons to the one that stays."""
    links = ReasonTouchpoint.objects.filter(reason__in=list(old))
    known = set(new.touchpoints.values_list("touchpoint_id", flat=True))
    for link in links.order_by("linked_at", "id"):
        if link.touchpoint_id in known:
            link.delete()
        else:
            known.add(link.touchpoint_id)
            link.reason = new
            link.save(update_fields=["reason"])


def _move(model: type[Model], column: str, old: list[UUID], new: UUID, now: datetime) -> int:
    rows, kind = model._default_manager.filter(**{f"{column}__in": old}), _kinds().get(model)
    marked = ((kind.topic, (kind.time_column,)), *kind.also_marked) if kind else ()
    told = {name for _, names in marked for name in names} | ({"customer_id"} if model is Interaction else set())
    found = list(rows.values("pk", *told)[:MOST_AT_ONCE])
    changes: dict[str, Any] = {column: new}
    if any(field.name == "updated_at" for field in model._meta.concrete_fields):
        changes["updated_at"] = now
    keys = [row["pk"] for row in found]
    # Asked again: somebody else may have changed it meanwhile.
    rows.filter(pk__in=keys).update(**changes)
    if kind is not None and kind.as_given is not None:
        _restate(model, kind.as_given.field, column, keys=keys, old=old, new=new)
    if model is Interaction:
        place(keys)
        mark_customers(row["customer_id"] for row in found)
        # Their targets stay, and are counted under another reason.
        mark_told((row["pk"], row["opened_at"]) for row in found)
    zone = current_brand().zone
    for topic, names in marked:
        moments = (moment for row in found for name in names for moment in _moments(row[name]))
        mark(topic, {moment.astimezone(zone).date() for moment in moments})
    return len(found)


def _restate(model: type[Model], field: str, column: str, *, keys: list[Any], old: list[UUID], new: UUID) -> None:
    """Let what rows said, where that is kept, mean the reason that stays: said again it is the same."""
    gone = set(map(str, old))
    restated = []
    for row in model._default_manager.filter(pk__in=keys, **{f"{field}__isnull": False}):
        if (kept := getattr(row, field)).get(column) in gone:
            kept[column] = str(new)
            restated.append(row)
    model._default_manager.bulk_update(restated, [field], batch_size=500)


def _moments(value: Any) -> Sequence[datetime]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


@cache
def _holders() -> list[tuple[type[Model], str]]:
    """List the tables whose rows name reasons, and by which column."""
    found = [
        (relation.related_model, relation.field.attname)
        for relation in Reason._meta.related_objects
        if relation.related_model not in _FOLLOWING
    ]
    return sorted(found, key=lambda holder: (holder[0]._meta.label, holder[1]))


@cache
def _kinds() -> dict[type[Model], Kind]:
    return {kind.model: kind for kind in map(kind_named, kind_names())}
