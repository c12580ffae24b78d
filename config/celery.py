"""The Celery application: tasks carry their brand, rows are the queue of record, messages only wake."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# Celery would have Django check itself, URLs too, for which a worker would load all of GraphQL and never use it.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

from django.conf import settings  # after the settings module is named

app = Celery("cxplatform", task_cls="cxplatform.tenancy.tasks:BrandTask")
app.conf.update(
    broker_url=settings.BROKER_URL or "memory://",
    broker_connection_retry_on_startup=True,
    # A request that wakes a worker does not wait for a broker that is away: the sweep makes up for it.
    broker_transport_options={
        "visibility_timeout": 3_600,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    },
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Django's logging stays: every line is JSON and carries its brand.
    worker_hijack_root_logger=False,
    worker_max_tasks_per_child=1_000,
    task_publish_retry=False,
    task_serializer="json",
    accept_content=["json"],
    # A worker told no queue takes from both. A brand's jobs, its imports, keep a place for 2 s, or for one step: with
    # a worker of their own nobody else, least of all a recompute that somebody follows live, waits behind them.
    task_queues={"celery": {}, "jobs": {}},
    task_routes={"cxplatform.jobs.run_jobs": {"queue": "jobs"}},
    timezone="UTC",
    beat_schedule={"sweep": {"task": "cxplatform.jobs.sweep", "schedule": 60.0}},
)
app.autodiscover_tasks()
