from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class TenancyConfig(AppConfig):
    name = "cxplatform.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Load the Celery application, so that tasks sent from any process go to its broker and no default one."""
        import_string(settings.CX_CELERY_APP)
