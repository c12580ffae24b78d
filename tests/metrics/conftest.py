"""Wake-ups go to the application's own broker; without it Celery would look for one on this machine."""

from config.celery import app

__all__ = ["app"]
