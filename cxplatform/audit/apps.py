from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cxplatform.audit"
    label = "audit"

    def ready(self) -> None:
        """Have every brand's trail anchored in the provider's at each sweep."""
        from cxplatform.audit.anchors import anchor_trail  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        register_chore(anchor_trail)
