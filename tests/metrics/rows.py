"""Rows of the facts, written the way a definition's worked example writes them."""

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from apps.customers.models import Customer
from apps.interactions.models import Agent, Interaction, Queue, Reason, Team
from apps.journeys.models import Touchpoint
from apps.surveys.models import Survey, SurveyResponse

_numbers = itertools.count()
_KEYED = {"queue": Queue, "team": Team, "agent": Agent, "touchpoint": Touchpoint}
_INSTANTS = ("opened_at", "answered_at", "first_response_at", "resolved_at", "closed_at", "sent_at")


def store(rows: Iterable[Mapping[str, Any]]) -> list[Interaction | SurveyResponse]:
    """Store rows in the open door: those with `opened_at` are interactions, the others answers."""
    return [_interaction(row) if "opened_at" in row else _response(row) for row in rows]


def _interaction(row: Mapping[str, Any]) -> Interaction:
    fields = {"external_id": f"i{next(_numbers)}", "channel": "PHONE", **_values(row)}
    return Interaction.objects.create(**fields)


def _response(row: Mapping[str, Any]) -> SurveyResponse:
    values = _values(row)
    kind = values["kind"]
    survey, _ = Survey.objects.get_or_create(key=values.pop("survey", kind.lower()), defaults={"kind": kind})
    return SurveyResponse.objects.create(**{"external_id": f"r{next(_numbers)}", "survey": survey, **values})


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(row)
    for name, model in _KEYED.items():
        if values.get(name):
            values[name] = model.objects.get_or_create(key=values[name])[0]  # type: ignore[attr-defined]
    if values.get("reason"):
        values["reason"] = Reason.objects.get_or_create(path=values["reason"], name=values["reason"])[0]
    if values.get("customer"):
        segment = values.pop("segment", None)
        values["customer"] = Customer.objects.get_or_create(
            external_id=values["customer"], defaults={"segment": segment}
        )[0]
    for name in _INSTANTS:
        if isinstance(values.get(name), str):
            values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
    return values
