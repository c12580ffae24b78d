from django.apps import AppConfig
from django.utils import timezone


class SurveysConfig(AppConfig):
    name = "apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Say what answers tell: of touchpoints, of promises, of who was where, and what segments may ask of them."""
        from apps.customers.segments.conditions import register_condition  # noqa: PLC0415  # models are not loaded yet
        from apps.interactions.placing.placing import follow_placing  # noqa: PLC0415  # as above
        from apps.interactions.topics import SAID  # noqa: PLC0415  # as above
        from apps.journeys.ledger.evidence import evidenced_by  # noqa: PLC0415  # as above
        from apps.journeys.measurements import measured_by  # noqa: PLC0415  # as above
        from apps.journeys.models import EvidenceKind  # noqa: PLC0415  # as above
        from apps.journeys.stages.moments import MomentKind  # noqa: PLC0415  # as above
        from apps.journeys.stages.sources import Source, told_by  # noqa: PLC0415  # as above
        from apps.surveys.campaigns.tasks import look_again  # noqa: PLC0415  # as above
        from apps.surveys.feedback import merged_customers  # noqa: PLC0415  # as above
        from apps.surveys.feedback.enriching import enrich_next  # noqa: PLC0415  # as above
        from apps.surveys.feedback.looking import JOB_KIND, look_daily, look_next  # noqa: PLC0415  # as above
        from apps.surveys.feedback.marks import ENRICH  # noqa: PLC0415  # as above
        from apps.surveys.follow_ups.telling import tell_due  # noqa: PLC0415  # as above
        from apps.surveys.models import SurveyResponse  # noqa: PLC0415  # as above
        from apps.surveys.page.json_view import register as register_own_sites  # noqa: PLC0415  # as above
        from apps.surveys.placing import place_about  # noqa: PLC0415  # as above
        from apps.surveys.segments import last_score  # noqa: PLC0415  # as above
        from apps.surveys.sending.job import JOB_KIND, send_due, watch_sending  # noqa: PLC0415  # as above
        from apps.surveys.taking_in.waking import take_in_what_waits  # noqa: PLC0415  # as above
        from apps.surveys.tasks import wake_feedback  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        measured_by(SurveyResponse, "answered_at")
        told_by(MomentKind.SURVEY_RESPONSE, Source(SurveyResponse, "answered_at", ("touchpoint_id", "placed_id")))
        follow_placing(place_about)
        evidenced_by(EvidenceKind.SURVEY_RESPONSE, SurveyResponse, "answered_at")
        register_condition("last_score", last_score)
        register_chore(take_in_what_waits)
        register_own_sites()
        register_chore(look_again)
        register_chore(tell_due)
        handlers.register(JOB_KIND, send_due)
        register_chore(lambda brand: watch_sending(brand, timezone.now()))
        register_chore(look_again)
        merged_customers.register()
        register_consumer(SAID, wake_feedback)
        handlers.register(ENRICH, enrich_next)
        handlers.register(JOB_KIND, look_next)
        register_chore(look_daily)
