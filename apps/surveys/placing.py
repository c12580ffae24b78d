"""Place answers that name no touchpoint: where the contact they are about is. The only writer of their `placed`.

Runs in the open door. An answer may come before its contact: it is placed when that comes.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.interactions.models import Interaction
from apps.journeys.stages.marks import mark_travellers
from apps.surveys.follow_ups.opening import follow_placed
from apps.surveys.models import SurveyResponse
from cxplatform.dirty.marks import mark
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.doors import current_brand

# (source, external_id) of a contact.
Key = tuple[str, str]


def place_written(changed: Mapping[Key, Any]) -> None:
    """Place answers that an import has just written, from their states before and after (`Kind.settle`)."""
    hanging = {
        state.id
        for state in changed.values()
        if state.stored or (state.values["touchpoint"] is None and state.values["interaction"] is not None)
    }
    if hanging:
        _place(Q(pk__in=hanging))


def place_about(contacts: Collection[Key]) -> None:
    """Place the answers about contacts whose touchpoints changed."""
    for source, names in _by_source(contacts).items():
        follow_placed(_place(Q(source=source, interaction_external_id__in=names)), timezone.now())


def _place(which: Q) -> list[UUID]:
    """Place answers; return those whose place changed."""
    read = ("pk", "source", "interaction_external_id", "customer_id", "answered_at", "touchpoint_id", "placed_id")
    rows = list(SurveyResponse.objects.filter(which).values_list(*read))
    at = _touchpoints({(row[1], row[2]) for row in rows if row[5] is None and row[2] is not None})
    changed: list[tuple[UUID | None, Any]] = []
    for row in rows:
        wanted = at.get((row[1], row[2])) if row[5] is None else None
        if wanted != row[6]:
            changed.append((wanted, row))
    if changed:
        column = table_column(SurveyResponse._meta.get_field("placed"))
        update_rows(SurveyResponse._meta.db_table, [column], [(wanted, row[0]) for wanted, row in changed])
        mark("survey_response", {row[4].astimezone(current_brand().zone).date() for _, row in changed})
        mark_travellers(row[3] for _, row in changed)
    return [row[0] for _, row in changed]


def _touchpoints(contacts: Collection[Key]) -> dict[Key, UUID]:
    found: dict[Key, UUID] = {}
    for source, names in _by_source(contacts).items():
        rows = Interaction.objects.filter(source=source, external_id__in=names)
        told = rows.values_list("external_id", Coalesce("touchpoint_id", "placed_id"))
        found |= {(source, name): touchpoint for name, touchpoint in told if touchpoint is not None}
    return found


def _by_source(keys: Iterable[Key]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for source, name in sorted(keys):
        grouped.setdefault(source, []).append(name)
    return grouped
