from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "apps.metrics"
    label = "metrics"

    def ready(self) -> None:
        from apps.metrics.recompute import TOPICS  # noqa: PLC0415  # models are not loaded before
        from apps.metrics.tasks import wake  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above

        for topic in TOPICS:
            register_consumer(topic, wake)
