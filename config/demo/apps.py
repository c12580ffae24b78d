from django.apps import AppConfig

# Before any app is ready: what they wake from then on goes through this one, to the configured broker.
from config.celery import app as celery

celery.set_default()


class DemoConfig(AppConfig):
    """Installed in development only: it makes brands and hands out their keys."""

    name = "config.demo"
    label = "demo"
