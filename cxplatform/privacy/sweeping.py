"""Apply a brand's rules of retention to people who are inactive: a job that walks all of them, a few a step."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from cxplatform.audit.actors import SYSTEM
from cxplatform.audit.trail import Subject, record_change
from cxplatform.faults import reached
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.privacy.activity import kept_since
from cxplatform.privacy.leftovers import forget_leftovers
from cxplatform.privacy.models import RULES, THE_ROW, UNFINISHED, Days, RetentionRules, RetentionSweep
from cxplatform.privacy.walking import FIRST, Place, go_over
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "apply-retention"
EVERY: Final = timedelta(days=1)


def watch_retention(brand: BrandRef) -> None:
    """Begin a sweep if the brand has rules, and the last one began a day ago."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        rules = RetentionRules.objects.filter(pk=THE_ROW).first()
        if rules is None or all(getattr(rules, rule) is None for rule in RULES) or _is_recent(now):
            return
    with brand_tx(brand):
        begin_sweep(rules, dry_run=False, now=now)
    run_jobs.wake(brand.id)


def begin_sweep(rules: Days, *, dry_run: bool, now: datetime) -> RetentionSweep:
    """Have all people gone over by these rules in the background; the sweep that is under way, if one is."""
    given = {rule: getattr(rules, rule) for rule in RULES}
    made = RetentionSweep(dry_run=dry_run, requested_at=now, **given)
    RetentionSweep.objects.bulk_create([made], ignore_conflicts=True)
    stored = RetentionSweep.objects.get(dry_run=dry_run, state__in=UNFINISHED)
    if stored.pk == made.pk:
        enqueue(JOB_KIND, {"sweep": str(made.id), "after": FIRST}, now=now)
    return stored


def sweep_next(lease: Lease) -> bool:
    """Go over the next people, or erase some more of those it is at; then over rows that lead to nobody.

    True means there may be more. Where it is, is kept with the job, in the transaction that erases.
    """
    with lease.door():
        sweep = RetentionSweep.objects.select_for_update().get(pk=lease.args["sweep"])
        if sweep.state not in UNFINISHED:
            return False
        place = Place(lease.args["after"], lease.args.get("table", 0))
        done, after = go_over(sweep, place)
        sweep.rows, sweep.state = sweep.rows + done, JobState.RUNNING
        if after is None:
            _end(sweep, JobState.DONE)
        elif after != place:
            lease.args.update(after=after.after, table=after.table)
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        sweep.save()
        reached("sweep-before-commit")
    return after is not None


def note_failure(lease: Lease, reason: str) -> None:
    """Mark the sweep FAILED together with its job; the next one begins anew."""
    for sweep in RetentionSweep.objects.select_for_update().filter(pk=lease.args["sweep"], state__in=UNFINISHED):
        _end(sweep, JobState.FAILED)
        sweep.save()


def _is_recent(now: datetime) -> bool:
    recent = Q(requested_at__gt=now - EVERY) | Q(state__in=UNFINISHED)
    return RetentionSweep.objects.filter(recent, dry_run=False).exists()


def _end(sweep: RetentionSweep, state: JobState) -> None:
    sweep.state, sweep.finished_at = state, timezone.now()
    if sweep.dry_run:
        return
    if state is JobState.DONE and sweep.line_days is not None:
        forget_leftovers(kept_since(sweep.line_days, sweep.requested_at))
    record_change(
        actor=SYSTEM,
        action="apply_retention",
        subject=Subject("RetentionSweep", sweep.id),
        now=sweep.finished_at,
        after={"state": state.value, "rows": sweep.rows, **{rule: getattr(sweep, rule) for rule in RULES}},
    )
