from django.apps import AppConfig


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
        from apps.surveys.feedback import merged_customers  # noqa: PLC0415  # as above
        from apps.surveys.feedback.enriching import enrich_next  # noqa: PLC0415  # as above
        from apps.surveys.feedback.looking import JOB_KIND, look_daily, look_next  # noqa: PLC0415  # as above
        from apps.surveys.feedback.marks import ENRICH  # noqa: PLC0415  # as above
        from apps.surveys.models import SurveyResponse  # noqa: PLC0415  # as above
        from apps.surveys.placing import place_about  # noqa: PLC0415  # as above
        from apps.surveys.segments import last_score  # noqa: PLC0415  # as above
        from apps.surveys.tasks import wake_feedback  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        measured_by(SurveyResponse, "answered_at")
        told_by(MomentKind.SURVEY_RESPONSE, Source(SurveyResponse, "answered_at", ("touchpoint_id", "placed_id")))
        follow_placing(place_about)
        evidenced_by(EvidenceKind.SURVEY_RESPONSE, SurveyResponse, "answered_at")
        register_condition("last_score", last_score)
        merged_customers.register()
        register_consumer(SAID, wake_feedback)
        handlers.register(ENRICH, enrich_next)
        handlers.register(JOB_KIND, look_next)
        register_chore(look_daily)
