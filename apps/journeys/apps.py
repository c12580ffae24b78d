from django.apps import AppConfig
from django.utils import timezone


class JourneysConfig(AppConfig):
    name = "apps.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Say who makes the ledger of promises anew, and who looks after hand-offs that nobody accepts."""
        from apps.journeys.handoffs.watch import count_overdue  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.ledger.marks import TOPIC  # noqa: PLC0415  # as above
        from apps.journeys.tasks import wake_ledger  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        register_consumer(TOPIC, wake_ledger)
        register_chore(lambda brand: count_overdue(brand, timezone.now()))
