"""The scheduler's own Celery application: it sends by name, so it loads no tasks, no models and no database."""

from celery import Celery
from django.conf import settings
from django.utils.log import configure_logging

from config.celery import app as product

# Whoever imports this beside the product's own application goes on sending by that one.
app = Celery("cxplatform.clock", fixups=[], set_as_current=False)
app.conf.update(product.conf.changes)
# Its schedule is written down with each task, so that the file's age tells whether it ticks (docker/compose.yaml).
app.conf.beat_sync_every = 1
# What django.setup() would do, without loading its apps.
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
