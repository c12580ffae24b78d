from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Declare that answers tell how it goes at a touchpoint, and what segments may ask of them."""
        from apps.customers.segments.conditions import register_condition  # noqa: PLC0415  # models are not loaded yet
        from apps.journeys.measurements import measured_by  # noqa: PLC0415  # models are not loaded before
        from apps.surveys.models import SurveyResponse  # noqa: PLC0415
        from apps.surveys.segments import last_score  # noqa: PLC0415  # as above

        measured_by(SurveyResponse, "answered_at")
        register_condition("last_score", last_score)
