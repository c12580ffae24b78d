from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Declare that answers tell how it goes at a touchpoint, and that somebody was there."""
        from apps.interactions.placing.placing import follow_placing  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.measurements import measured_by  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.stages.moments import MomentKind  # noqa: PLC0415
        from apps.journeys.stages.sources import Source, told_by  # noqa: PLC0415

        """Declare that answers tell how it goes at a touchpoint, and whether a promise was kept."""
        from apps.journeys.ledger.evidence import evidenced_by  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.models import EvidenceKind  # noqa: PLC0415
        from apps.surveys.models import SurveyResponse  # noqa: PLC0415
        from apps.surveys.placing import place_about  # noqa: PLC0415

        measured_by(SurveyResponse, "answered_at")
        told_by(MomentKind.SURVEY_RESPONSE, Source(SurveyResponse, "answered_at", ("touchpoint_id", "placed_id")))
        follow_placing(place_about)
        evidenced_by(EvidenceKind.SURVEY_RESPONSE, SurveyResponse, "answered_at")
