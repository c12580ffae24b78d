from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "cxplatform.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Let every app say what its tables hold, and have erasures run."""
        from cxplatform.jobs import handlers  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above
        from cxplatform.privacy import sweeping  # noqa: PLC0415  # as above
        from cxplatform.privacy.steps import JOB_KIND, erase_next, note_failure  # noqa: PLC0415  # as above

        autodiscover_modules("personal")
        handlers.register(JOB_KIND, erase_next, on_failed=note_failure)
        handlers.register(sweeping.JOB_KIND, sweeping.sweep_next, on_failed=sweeping.note_failure)
        register_chore(sweeping.watch_retention)
