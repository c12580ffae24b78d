"""Which rows show a finding, and how many customers it met; in the open door."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.insights.frictions.counting import ARE_HARD, AT, TROUBLED, Asked, are_slow, held_to
from apps.insights.frictions.finding import FAILING, HARD, REPEATS, SLOW
from apps.interactions.models import Interaction
from apps.journeys.commands.proposing import MOST_EVIDENCE, Shown
from apps.journeys.models import EvidenceKind, TouchpointEvent
from apps.metrics.windows import Window
from apps.surveys.models import SurveyResponse

# As REPEAT_CONTACT_RATE counts: a contact that is followed within so long by another on the same reason.
_REPEATED_WITHIN: Final = timedelta(days=7)
_MOMENTS: Final = {
    EvidenceKind.TOUCHPOINT_EVENT: "occurred_at",
    EvidenceKind.SURVEY_RESPONSE: "answered_at",
    EvidenceKind.INTERACTION: "opened_at",
}


class Badly:
    """What went badly in a span, by rule and touchpoint."""

    def __init__(self, asked: Mapping[UUID, Asked], window: Window) -> None:
        self._asked = asked
        self._window = window

    def shown(self, rule: str, touchpoint_id: UUID) -> list[Shown]:
        """Return the last of what went badly."""
        kind, rows = self._rows(rule, touchpoint_id)
        moment = _MOMENTS[kind]
        latest = rows.order_by(f"-{moment}", "-pk").values_list("pk", moment)[:MOST_EVIDENCE]
        return [Shown(kind.name, key, at) for key, at in latest]

    def customers(self, rule: str, touchpoint_id: UUID) -> int:
        """Count the customers whom it met."""
        _, rows = self._rows(rule, touchpoint_id)
        met: int = rows.order_by().aggregate(met=Count("customer", distinct=True))["met"]
        return met

    def active(self) -> int:
        """Count the customers who went through anything or were in contact."""
        window = self._window
        events = TouchpointEvent.objects.filter(occurred_at__gte=window.start, occurred_at__lt=window.end)
        contacts = Interaction.objects.filter(
            customer__isnull=False, opened_at__gte=window.start, opened_at__lt=window.end
        )
        return events.order_by().values("customer_id").union(contacts.order_by().values("customer_id")).count()

    def _rows(self, rule: str, touchpoint_id: UUID) -> tuple[EvidenceKind, "QuerySet[Any]"]:
        window = self._window
        if rule in {SLOW, FAILING}:
            went = are_slow(self._asked) if rule == SLOW else TROUBLED
            events = TouchpointEvent.objects.filter(held_to(self._asked, window), went, touchpoint=touchpoint_id)
            return EvidenceKind.TOUCHPOINT_EVENT, events
        if rule == HARD:
            answers = SurveyResponse.objects.alias(at_touchpoint=AT).filter(
                ARE_HARD, at_touchpoint=touchpoint_id, answered_at__gte=window.start, answered_at__lt=window.end
            )
            return EvidenceKind.SURVEY_RESPONSE, answers
        assert rule == REPEATS, rule
        return EvidenceKind.INTERACTION, _repeats(window, touchpoint_id)


def _repeats(window: Window, touchpoint_id: UUID) -> "QuerySet[Any]":
    after = Interaction.objects.filter(
        customer=OuterRef("customer"),
        reason=OuterRef("reason"),
        direction="INBOUND",
        opened_at__gt=OuterRef("opened_at"),
        opened_at__lte=OuterRef("opened_at") + _REPEATED_WITHIN,
    )
    contacts = Interaction.objects.alias(at_touchpoint=AT).filter(
        Q(direction="INBOUND"), at_touchpoint=touchpoint_id, opened_at__gte=window.start, opened_at__lt=window.end
    )
    return contacts.filter(Exists(after))
