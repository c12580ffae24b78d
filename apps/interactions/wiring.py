"""What this app tells the others once all models are loaded, by subject."""

from django.utils import timezone

from apps.customers.segments.conditions import register_condition
from apps.customers.serving import register_served
from apps.interactions import media_retention, merged_customers
from apps.interactions.case_marks import register_wake, wake_for_marks
from apps.interactions.models import Interaction
from apps.interactions.own_work import served_by
from apps.interactions.placing import anew
from apps.interactions.reasons import moving
from apps.interactions.segments import contacted
from apps.interactions.service_settings import REJOIN, rejoin_cases
from apps.interactions.slas.marks import TOPIC
from apps.interactions.slas.watch import count_broken
from apps.interactions.tasks import push_what_waits, renew_what_is_marked, wake_cases, wake_pusher, wake_slas
from apps.interactions.work import waking
from apps.interactions.work.wakes import register_pushing
from apps.journeys.ledger.evidence import evidenced_by
from apps.journeys.models import EvidenceKind
from apps.journeys.stages.moments import MomentKind
from apps.journeys.stages.sources import Source, told_by
from cxplatform.dirty.marks import register_consumer
from cxplatform.jobs import handlers
from cxplatform.jobs.sweep import register_chore


def wire_contacts() -> None:
    """Say what contacts tell: whom a member serves, where customers were, what became of promises, who was merged."""
    register_served(served_by)
    told_by(MomentKind.INTERACTION, Source(Interaction, "opened_at", ("touchpoint_id", "placed_id")))
    evidenced_by(EvidenceKind.INTERACTION, Interaction, "opened_at")
    register_condition("contacted", contacted)
    merged_customers.register()


def wire_cases() -> None:
    """Say who joins contacts to cases, anew when its settings or reasons change, and places them."""
    register_wake(wake_cases)
    register_chore(wake_for_marks)
    handlers.register(REJOIN, rejoin_cases)
    handlers.register(moving.JOB_KIND, moving.move_merged)
    handlers.register(anew.JOB_KIND, anew.place_contacts)


def wire_work() -> None:
    """Say who hands out work, and wakes what was laid aside."""
    register_pushing(wake_pusher)
    register_chore(push_what_waits)
    handlers.register(waking.JOB_KIND, waking.wake_interaction)


def wire_service_levels() -> None:
    """Say who makes targets anew, and counts those that break while nobody does anything."""
    register_consumer(TOPIC, wake_slas)
    register_chore(renew_what_is_marked)
    register_chore(lambda brand: count_broken(brand, timezone.now()))


def wire_recordings() -> None:
    """Say who removes recordings that have been kept long enough."""
    handlers.register(media_retention.JOB_KIND, media_retention.remove_old)
    register_chore(lambda brand: media_retention.watch_retention(brand, timezone.now()))
