from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed in development only: it makes brands and hands out their keys."""

    name = "config.demo"
    label = "demo"
