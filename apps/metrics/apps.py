from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "apps.metrics"
    label = "metrics"

    def ready(self) -> None:
        from apps.customers.identities.holders import register_own_way  # noqa: PLC0415  # models are not loaded before
        from apps.metrics.lifetime.refitting import (  # noqa: PLC0415  # as above
            JOB_KIND,
            fit_weekly,
            run_fit,
            value_anew,
        )
        from apps.metrics.models import CustomerValue  # noqa: PLC0415  # as above
        from apps.metrics.recompute import TOPICS  # noqa: PLC0415  # models are not loaded before
        from apps.metrics.tasks import wake  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        register_own_way(CustomerValue, "customer_id", value_anew)
        handlers.register(JOB_KIND, run_fit)
        register_chore(fit_weekly)
        for topic in TOPICS:
            register_consumer(topic, wake)
