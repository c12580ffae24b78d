from django.apps import AppConfig
from django.utils import timezone


class JourneysConfig(AppConfig):
    name = "apps.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Say who makes stages and the ledger of promises anew, and who looks after hand-offs nobody accepts."""
        from apps.journeys import merged_customers, recounting  # noqa: PLC0415  # as above
        from apps.journeys.handoffs.watch import count_overdue  # noqa: PLC0415  # models are not loaded before
        from apps.journeys.ledger.marks import TOPIC  # noqa: PLC0415  # as above
        from apps.journeys.stages.anew import JOB_KIND, stage_customers  # noqa: PLC0415  # as above
        from apps.journeys.stages.marks import register_wake, wake_for_marks  # noqa: PLC0415  # as above
        from apps.journeys.tasks import wake_ledger, wake_stages  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        merged_customers.register()
        handlers.register(JOB_KIND, stage_customers)
        handlers.register(recounting.JOB_KIND, recounting.recount_touchpoints)
        register_wake(wake_stages)
        register_chore(wake_for_marks)
        register_consumer(TOPIC, wake_ledger)
        register_chore(lambda brand: count_overdue(brand, timezone.now()))
