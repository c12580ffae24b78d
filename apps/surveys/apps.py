from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Declare that answers tell how it goes at a touchpoint."""
        from apps.journeys.measurements import measured_by  # noqa: PLC0415  # models are not loaded before
        from apps.surveys.models import SurveyResponse  # noqa: PLC0415

        measured_by(SurveyResponse, "answered_at")
