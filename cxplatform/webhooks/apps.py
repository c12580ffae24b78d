from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "cxplatform.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Have deliveries made by workers, and forgotten when they are old."""
        from cxplatform.jobs.handlers import register  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above
        from cxplatform.webhooks.delivering import deliver  # noqa: PLC0415  # as above
        from cxplatform.webhooks.outbox import KIND  # noqa: PLC0415  # as above
        from cxplatform.webhooks.retention import forget_old_deliveries  # noqa: PLC0415  # as above

        register(KIND, deliver)
        register_chore(forget_old_deliveries)
