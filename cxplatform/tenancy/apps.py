from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete
from django.utils.module_loading import import_string
from django_tenants.signals import tenant_delete_callback


class TenancyConfig(AppConfig):
    name = "cxplatform.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Load the Celery application, so that tasks sent from any process go to its broker and no default one.

        And let deleting be one statement.
        """
        import_string(settings.CX_CELERY_APP)
        # It hears of every row that is deleted, to drop the schema of a brand, which we never let it do. While anybody
        # hears, Django reads all rows before it deletes them, a hundred by a statement, instead of one for all.
        post_delete.disconnect(tenant_delete_callback)
