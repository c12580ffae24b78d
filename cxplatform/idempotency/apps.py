from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "cxplatform.idempotency"
    label = "idempotency"

    def ready(self) -> None:
        """Have answers forgotten, in every plane, when they are old."""
        from cxplatform.idempotency.retention import forget_old_answers  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs.sweep import register_chore, register_shared_chore  # noqa: PLC0415  # as above

        register_chore(forget_old_answers)
        register_shared_chore(forget_old_answers)
