"""Load a brand's story through the import that everybody uses, and have its numbers ready."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from apps.accounts.models import Member
from apps.interactions.models import Agent
from apps.journeys.models import Touchpoint
from apps.journeys.stages.staging import stage_marked
from apps.metrics.recompute import TOPICS, recompute_all
from apps.surveys.models import SurveyResponse
from config.demo.story.agents import LINKED_AGENT
from config.demo.story.dana import LAST_ANSWER
from config.demo.story.plans import Plan
from config.demo.story.reasons import TOUCHPOINTS
from config.demo.story.story import Story
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.dirty.models import DirtyMark
from cxplatform.errors import Conflict
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import CSV, submit_import
from cxplatform.jobs.models import JobState
from cxplatform.jobs.runner import run_one
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

Say = Callable[[str], None]
_PATIENCE_SECONDS = 120


def ensure_told(plan: Plan, brand: BrandRef, *, agent: Member, now: datetime, say: Say) -> None:
    """Load what is missing. Rows loaded by a run that was killed are duplicates now."""
    with brand_tx(brand, read_only=True):
        told = SurveyResponse.objects.filter(external_id=LAST_ANSWER).exists()
    if not told:
        record_access(brand, actor=OPERATOR, subject=Subject("Command", label="demo_data"), now=now)
        story = Story(plan, told_on(brand, now))
        for kind, pieces in story.files():
            if kind == "survey-responses":
                # Before the last file, so that a killed run is known by the last row that is not there.
                _link(brand, agent)
            job = load(brand, kind, pieces, now)
            say(f"  {brand.slug}: {job.rows:,} {kind}")


def told_on(brand: BrandRef, now: datetime) -> date:
    """Return the local day the story is told on: the one an earlier run, if killed, had begun to tell it on."""
    with brand_tx(brand, read_only=True):
        began = ImportJob.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return (began or now).astimezone(brand.zone).date()


def load(brand: BrandRef, kind: str, pieces: Iterator[bytes], now: datetime) -> ImportJob:
    """Import a file to its end. Raises: Conflict, when it does not get on, fails or has rows that are refused."""
    job_id = submit_import(actor=OPERATOR, brand=brand, kind_name=kind, file_format=CSV, pieces=pieces, now=now)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (job := _job(brand, job_id)).state not in (JobState.DONE, JobState.FAILED):
        if time.monotonic() > deadline:
            raise Conflict(f"Loading {kind} into {brand.slug} does not get on; it is job {job_id}.")
        if not run_one(brand, job_id):
            time.sleep(0.2)  # a worker was faster, or the database busy: the job is tried again by whoever comes first
    if job.state == JobState.FAILED or job.rejected:
        raise Conflict(f"Loading {kind} into {brand.slug} failed: {job.failure or job.errors[:3]}")
    return job


def _job(brand: BrandRef, job_id: UUID) -> ImportJob:
    with brand_tx(brand, read_only=True):
        return ImportJob.objects.get(pk=job_id)


def _link(brand: BrandRef, agent: Member) -> None:
    """Say who the brand's agent is and whose the touchpoints are, which no import can."""
    with brand_tx(brand):
        Agent.objects.filter(key=LINKED_AGENT).update(member_id=agent.pk)
        for touchpoint in TOUCHPOINTS:
            Touchpoint.objects.filter(key=touchpoint.key).update(
                name=touchpoint.key.replace("-", " ").capitalize(),
                stage=touchpoint.stage,
                department=touchpoint.department,
            )


def ensure_staged(brand: BrandRef) -> None:
    """Put the brand's customers on its journey, of whom anything was told since somebody last did."""
    while stage_marked(brand):
        pass


def ensure_counted(brand: BrandRef, now: datetime, say: Say) -> None:
    """Have the brand's numbers made of what is stored."""
    with brand_tx(brand, read_only=True):
        stale = DirtyMark.objects.filter(topic__in=TOPICS).exists()
    if stale:
        recompute_all(brand, now=now)
        say(f"  {brand.slug}: numbers computed")
