"""What becomes of customers' ways along journeys, and of what they were promised, when they are merged or split."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from apps.customers.identities.holders import Change, register_follower, register_lock, register_own_way
from apps.journeys.handoffs.watch import TOPIC as HANDOFF_TOPIC
from apps.journeys.ledger.marks import OUTCOME_TOPIC, TOPIC, lock_ledger
from apps.journeys.models import Handoff, JourneyProgress, PromiseOutcome, StageVisit
from apps.journeys.stages.marks import mark_travellers
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.doors import current_brand


def register() -> None:
    """Say that these follow from other rows: stages and the ledger are made anew."""
    register_own_way(StageVisit, "customer_id", None)
    register_own_way(JourneyProgress, "customer_id", None)
    register_own_way(PromiseOutcome, "customer_id", judge_anew)
    register_follower(stage_anew)
    register_lock(lock_ledger)


def judge_anew(change: Change) -> None:
    """Have the ledger of all days made anew on which something was promised to either, and what is counted of it.

    Outcomes that are the survivor's at once look unchanged to whoever makes the ledger, and either's hand-offs may go
    by the other's outcomes by now.
    """
    outcomes = PromiseOutcome.objects.filter(customer__in=change.people)
    if change.is_merge:
        outcomes.filter(customer=change.source).update(customer=change.target)
    for topic in (TOPIC, OUTCOME_TOPIC):
        _mark_days(topic, outcomes, "occurred_at")
    _mark_days(HANDOFF_TOPIC, Handoff.objects.filter(customer__in=change.people, promise__isnull=False), "handed_at")


def _mark_days(topic: str, rows: "QuerySet[Any]", moment: str) -> None:
    day = TruncDate(moment, tzinfo=current_brand().zone)
    mark(topic, rows.order_by().values_list(day, flat=True).distinct())


def stage_anew(change: Change) -> None:
    """Have both put on their journeys anew."""
    mark_travellers([change.source, change.target])
