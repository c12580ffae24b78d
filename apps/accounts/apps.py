from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say who makes brands whole."""
        from apps.accounts.provisioning import JOB_KIND, provision_step  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs.handlers import register  # noqa: PLC0415  # as above

        register(JOB_KIND, provision_step)
