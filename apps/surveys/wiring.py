"""What this app tells the others once all models are loaded, by subject."""

from django.utils import timezone

from apps.customers.segments.conditions import register_condition
from apps.interactions.placing.placing import follow_placing
from apps.interactions.topics import SAID
from apps.journeys.ledger.evidence import evidenced_by
from apps.journeys.measurements import measured_by
from apps.journeys.models import EvidenceKind
from apps.journeys.stages.moments import MomentKind
from apps.journeys.stages.sources import Source, told_by
from apps.surveys.campaigns import tasks as campaigns
from apps.surveys.feedback import enriching, looking, marks, merged_customers
from apps.surveys.follow_ups.telling import tell_due
from apps.surveys.models import SurveyResponse
from apps.surveys.page import json_view
from apps.surveys.placing import place_about
from apps.surveys.segments import last_score
from apps.surveys.sending import job as sending
from apps.surveys.taking_in.waking import take_in_what_waits
from apps.surveys.tasks import wake_feedback
from cxplatform.dirty.marks import register_consumer
from cxplatform.jobs import handlers
from cxplatform.jobs.sweep import register_chore


def wire_answers() -> None:
    """Say what answers tell: of touchpoints, of promises, of who was where, and what segments may ask of them."""
    measured_by(SurveyResponse, "answered_at", "touchpoint", "placed")
    told_by(MomentKind.SURVEY_RESPONSE, Source(SurveyResponse, "answered_at", ("touchpoint_id", "placed_id")))
    follow_placing(place_about)
    evidenced_by(EvidenceKind.SURVEY_RESPONSE, SurveyResponse, "answered_at")
    register_condition("last_score", last_score)


def wire_asking() -> None:
    """Say who looks for customers to be asked, sends what is due, and takes in what they say."""
    register_chore(campaigns.look_again)
    handlers.register(sending.JOB_KIND, sending.send_due)
    register_chore(lambda brand: sending.watch_sending(brand, timezone.now()))
    register_chore(take_in_what_waits)
    json_view.register()


def wire_feedback() -> None:
    """Say who makes something of what customers said in words."""
    merged_customers.register()
    register_consumer(SAID, wake_feedback)
    handlers.register(marks.ENRICH, enriching.enrich_next)
    handlers.register(looking.JOB_KIND, looking.look_next)
    register_chore(looking.look_daily)


def wire_follow_ups() -> None:
    """Say who tells of follow-ups that are due."""
    register_chore(tell_due)
