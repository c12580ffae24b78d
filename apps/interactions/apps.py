from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "apps.interactions"
    label = "interactions"

    def ready(self) -> None:
        """Tell the other apps what there is here."""
        from apps.interactions import wiring  # noqa: PLC0415  # models are not loaded yet

        wiring.wire_contacts()
        wiring.wire_cases()
        wiring.wire_work()
        wiring.wire_service_levels()
        wiring.wire_recordings()
