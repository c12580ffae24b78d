from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "cxplatform.imports"
    label = "imports"

    def ready(self) -> None:
        """Let every app declare what can be imported into it, and run the jobs that import it."""
        from cxplatform.imports.steps import register_import_jobs  # noqa: PLC0415  # needs models

        autodiscover_modules("imports")
        register_import_jobs()
