from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "apps.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Say who makes the ledger of promises anew."""
        from apps.journeys.ledger.marks import TOPIC  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.tasks import wake_ledger  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above

        register_consumer(TOPIC, wake_ledger)
