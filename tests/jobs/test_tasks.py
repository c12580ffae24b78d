"""A worker's place is given up every so often, whoever's jobs are not done by then."""

import time
from typing import Any

import pytest
from django.utils import timezone

from cxplatform.jobs import handlers, tasks
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.handlers import Handler
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.tasks import HEADER


def test_a_long_job_gives_its_place_up_and_goes_on_behind_what_waits(
    committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    steps = 0

    def step(_: Lease) -> bool:
        nonlocal steps
        steps += 1
        time.sleep(0.05)
        return steps < 40

    monkeypatch.setitem(handlers._handlers, "long", Handler(step, lambda *_: None))
    monkeypatch.setattr(tasks, "_AT_A_TIME_SECONDS", 0.2)
    monkeypatch.setattr(tasks.run_jobs, "_send", lambda *args: sent.append(args))
    with brand_tx(acme):
        enqueue("long", {}, now=timezone.now())

    tasks.run_jobs.apply(headers={HEADER: str(acme.id)}).get()

    assert 0 < steps < 40
    assert sent == [((), {HEADER: str(acme.id)})]
    with brand_tx(acme):
        assert Job.objects.get().state == JobState.QUEUED
    for _ in range(40):
        tasks.run_jobs.apply(headers={HEADER: str(acme.id)}).get()
    with brand_tx(acme):
        assert Job.objects.get().state == JobState.DONE
    assert steps == 40
