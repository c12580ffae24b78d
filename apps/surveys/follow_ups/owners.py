"""Which department a follow-up falls to: the owner of the answer's touchpoint when the customer answered."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from apps.journeys.models import Department, Touchpoint, TouchpointSpan
from apps.surveys.models import SurveyResponse


def owners_of(rows: Collection[SurveyResponse]) -> dict[UUID, UUID]:
    """Say the department of each answer that has one: by the journey in force then, else as the touchpoint says."""
    placed = [row.id for row in rows if row.touchpoint_id or row.placed_id]
    if not placed:
        return {}
    then = Q(until__gt=OuterRef("answered_at")) | Q(until=None)
    spans = TouchpointSpan.objects.filter(then, touchpoint=OuterRef("at"), since__lte=OuterRef("answered_at"))
    own = Touchpoint.objects.filter(pk=OuterRef("at"))
    answers = SurveyResponse.objects.filter(pk__in=placed).annotate(at=Coalesce("touchpoint_id", "placed_id"))
    owner = Coalesce(Subquery(spans.values("department")[:1]), Subquery(own.values("department")[:1]))
    keys = dict(answers.annotate(owner=owner).exclude(owner=None).values_list("pk", "owner"))
    departments = dict(Department.objects.filter(key__in=set(keys.values())).values_list("key", "pk"))
    return {answer: departments[key] for answer, key in keys.items() if key in departments}
