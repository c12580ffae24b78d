"""What becomes of customers' ways along journeys, and of what they were promised, when they are merged or split."""

from django.db.models.functions import TruncDate

from apps.customers.identities.holders import Change, register_follower, register_own_way
from apps.journeys.ledger.marks import TOPIC
from apps.journeys.models import JourneyProgress, PromiseOutcome, StageVisit
from apps.journeys.stages.marks import mark_travellers
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.doors import current_brand


def register() -> None:
    """Say that these follow from other rows: stages and the ledger are made anew."""
    register_own_way(StageVisit, "customer_id", None)
    register_own_way(JourneyProgress, "customer_id", None)
    register_own_way(PromiseOutcome, "customer_id", judge_anew)
    register_follower(stage_anew)


def judge_anew(change: Change) -> None:
    """Have the ledger of all days made anew on which something was promised to either."""
    outcomes = PromiseOutcome.objects.filter(customer__in=change.people)
    if change.is_merge:
        outcomes.filter(customer=change.source).update(customer=change.target)
    day = TruncDate("occurred_at", tzinfo=current_brand().zone)
    mark(TOPIC, outcomes.order_by().values_list(day, flat=True).distinct())


def stage_anew(change: Change) -> None:
    """Have both put on their journeys anew."""
    mark_travellers([change.source, change.target])
