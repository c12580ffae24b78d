from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExportsConfig(AppConfig):
    name = "cxplatform.exports"
    label = "exports"

    def ready(self) -> None:
        """Let every app declare what can be exported from it, and run the jobs that export it."""
        from cxplatform.exports.steps import register_export_jobs  # noqa: PLC0415  # needs models

        autodiscover_modules("exports")
        register_export_jobs()
