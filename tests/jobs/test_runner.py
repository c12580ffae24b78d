"""The queue of record: claims, leases, retries, the sweep."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cxplatform.dirty import marks
from cxplatform.dirty.models import DirtyMark
from cxplatform.jobs import handlers
from cxplatform.jobs.claims import claim, next_due
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.handlers import GiveUp, Handler
from cxplatform.jobs.lease import Lease, LeaseLost
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import MOST_ATTEMPTS, run_due
from cxplatform.jobs.sweep import sweep_fleet
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx

pytestmark = pytest.mark.django_db


class Counting:
    """A job of three steps; each may be told to raise."""

    def __init__(self) -> None:
        self.steps = 0
        self.error: Exception | None = None
        self.failed: list[str] = []

    def step(self, lease: Lease) -> bool:
        with lease.door():
            if self.error:
                raise self.error
            self.steps += 1
        return self.steps < 3

    def on_failed(self, lease: Lease, reason: str) -> None:
        self.failed.append(reason)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    job = Counting()
    monkeypatch.setitem(handlers._handlers, "count", Handler(job.step, job.on_failed))
    return job


def queue(brand: BrandRef, kind: str = "count") -> UUID:
    with brand_tx(brand):
        return enqueue(kind, {}, now=timezone.now()).id


def job(brand: BrandRef) -> Job:
    with brand_tx(brand):
        return Job.objects.get()


def make_due(brand: BrandRef) -> None:
    with brand_tx(brand):
        Job.objects.filter(state="QUEUED").update(run_after=timezone.now())
        Job.objects.filter(state="RUNNING").update(lease_until=timezone.now() - timedelta(seconds=1))


def swept() -> list[UUID | None]:
    woken: list[UUID | None] = []
    sweep_fleet(wake_brand=woken.append, wake_shared=lambda: woken.append(None))
    return woken


def test_a_job_runs_step_by_step_to_its_end(acme: BrandRef, counting: Counting) -> None:
    queue(acme)

    assert run_due(acme) is False

    done = job(acme)
    assert (done.state, done.lease_token, counting.steps) == ("DONE", None, 3)


def test_a_job_is_given_back_when_the_time_is_up_and_goes_on_later(acme: BrandRef, counting: Counting) -> None:
    queue(acme)

    class Clock:
        now = 0.0

        def __call__(self) -> float:
            self.now += 1
            return self.now

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cxplatform.jobs.runner.time.monotonic", Clock())
        assert run_due(acme, seconds=1.5) is True

    assert (job(acme).state, job(acme).attempts, counting.steps) == ("QUEUED", 0, 1)
    run_due(acme)
    assert (job(acme).state, counting.steps) == ("DONE", 3)


def test_a_step_that_fails_is_tried_later_and_later_and_then_given_up(acme: BrandRef, counting: Counting) -> None:
    queue(acme)
    counting.error = RuntimeError("no such luck")

    waits = []
    for _ in range(MOST_ATTEMPTS - 1):
        run_due(acme)
        left = next_due(acme)
        assert left is not None
        waits.append(round(left.total_seconds()))
        make_due(acme)
    run_due(acme)

    failed = job(acme)
    assert waits == [2, 4, 8, 16]
    assert failed.state == "FAILED"
    assert failed.error == "The same step failed 5 times, the last time with RuntimeError: no such luck"
    assert counting.failed == [failed.error]


def test_a_step_that_succeeds_starts_the_count_anew(acme: BrandRef, counting: Counting) -> None:
    queue(acme)
    counting.error = RuntimeError("once")
    run_due(acme)
    make_due(acme)
    counting.error = None

    claimed = claim(acme)
    assert claimed is not None
    counting.step(claimed[0])

    assert (claimed[1], job(acme).attempts, job(acme).error) == (2, 1, "")


def test_giving_up_and_unknown_kinds_fail_at_once(acme: BrandRef, counting: Counting) -> None:
    queue(acme)
    counting.error = GiveUp("The file is gone.")
    run_due(acme)
    assert (job(acme).state, job(acme).error) == ("FAILED", "The file is gone.")

    with brand_tx(acme):
        Job.objects.all().delete()
    queue(acme, "nonsense")
    run_due(acme)
    assert (job(acme).state, job(acme).error) == ("FAILED", "Nothing here runs jobs of kind nonsense.")


def test_nobody_claims_what_another_holds_until_its_lease_has_run_out(acme: BrandRef, counting: Counting) -> None:
    queue(acme)

    first, second = claim(acme), claim(acme)
    make_due(acme)
    third = claim(acme)

    assert first is not None
    assert second is None
    assert third is not None
    assert third[1] == 2


def test_who_has_lost_the_lease_commits_nothing(acme: BrandRef, counting: Counting) -> None:
    queue(acme)
    claimed = claim(acme)
    assert claimed is not None
    make_due(acme)
    claim(acme)

    with pytest.raises(LeaseLost), claimed[0].door():
        DirtyMark.objects.create(topic="t", day=date(2026, 1, 1))
    with pytest.raises(LeaseLost):
        claimed[0].finish()

    with brand_tx(acme):
        assert DirtyMark.objects.count() == 0
    assert job(acme).state == "RUNNING"


def test_the_sweep_finds_due_jobs_dead_workers_and_pending_marks(
    acme: BrandRef, globex: BrandRef, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    consumed: list[UUID] = []
    monkeypatch.setattr(marks, "_consumers", {"t": consumed.append})
    assert swept() == []

    queue(acme)
    with brand_tx(globex):
        marks.mark("t", [date(2026, 1, 1), date(2026, 1, 1)])
        assert DirtyMark.objects.count() == 1
    with shared_tx():
        enqueue("count", {}, now=timezone.now())

    assert swept() == [None, acme.id]
    assert consumed == [globex.id]
    claim(acme)
    claim(None)
    assert swept() == []
    make_due(acme)
    assert swept() == [acme.id]


def test_the_shared_plane_has_jobs_too(acme: BrandRef, counting: Counting) -> None:
    with shared_tx():
        identity = enqueue("count", {"brand": str(uuid4())}, now=timezone.now()).id

    run_due(None)

    with shared_tx():
        assert Job.objects.values_list("id", "state").get() == (identity, "DONE")
