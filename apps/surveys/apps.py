from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Tell the other apps what there is here."""
        from apps.surveys import wiring  # noqa: PLC0415  # models are not loaded yet

        wiring.wire_answers()
        wiring.wire_asking()
        wiring.wire_feedback()
        wiring.wire_follow_ups()
