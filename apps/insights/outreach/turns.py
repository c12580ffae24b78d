"""A brand's approved rules take whom they reach, one rule after the other: a job, hourly and when one is approved."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.insights.outreach.models import ProactiveRule, RuleState
from apps.insights.outreach.taking import FIRST, take
from cxplatform.faults import reached
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand

JOB_KIND: Final = "outreach"
EVERY: Final = timedelta(hours=1)
_TIMEOUT_MS: Final = 60_000


def reach_out_hourly(brand: BrandRef) -> None:
    """Ask for it where it was asked for an hour ago, is not under way, and a rule is approved. A chore of the sweep."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        if _is_asked_for(now - EVERY) or not ProactiveRule.objects.filter(state=RuleState.APPROVED).exists():
            return
    with brand_tx(brand):
        enqueue(JOB_KIND, {"done": []}, now=now)
    run_jobs.wake(brand.id)


def reach_out_soon(now: datetime) -> None:
    """Have the open door's brand reach out once this transaction has committed."""
    if not Job.objects.filter(kind=JOB_KIND, state=JobState.QUEUED).exists():
        enqueue(JOB_KIND, {"done": []}, now=now)
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)


def reach_out(lease: Lease) -> bool:
    """Take some customers of the rule whose turn it is, as a step of the job; True means there is more."""
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        turn = _turn(lease.args)
        if turn is not None:
            after = UUID(lease.args.get("after", str(FIRST)))
            _keep(lease, turn, take(turn, now=timezone.now(), after=after))
    reached("outreach-committed")
    return turn is not None


def _is_asked_for(since: datetime) -> bool:
    jobs = Job.objects.filter(kind=JOB_KIND)
    under_way = jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
    return jobs.filter(created_at__gt=since).exists() or under_way.exists()


def _turn(args: dict[str, Any]) -> UUID | None:
    if "rule" in args:
        return UUID(args["rule"])
    rules = ProactiveRule.objects.filter(state=RuleState.APPROVED).exclude(pk__in=args["done"])
    return rules.order_by("created_at", "id").values_list("pk", flat=True).first()


def _keep(lease: Lease, turn: UUID, after: UUID | None) -> None:
    """Keep with the job how far it came, in the transaction that came so far."""
    done = lease.args["done"]
    if after is None:
        args: dict[str, Any] = {"done": [*done, str(turn)]}
    else:
        args = {"done": done, "rule": str(turn), "after": str(after)}
    Job.objects.filter(pk=lease.job_id).update(args=args)
    lease.args.clear()
    lease.args.update(args)
