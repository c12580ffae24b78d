from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "cxplatform.deployment"

    def ready(self) -> None:
        from cxplatform.deployment import checks  # noqa: F401, PLC0415  # registers them
