"""The import job: each step loads one chunk, and commits rows, counts and position together."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from cxplatform.audit.actors import SYSTEM
from cxplatform.audit.trail import Subject, record_change
from cxplatform.faults import reached
from cxplatform.imports import bodies
from cxplatform.imports.chunks import Chunk, UnreadableHeader, read_chunk
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.models import ImportJob
from cxplatform.imports.outcomes import RowOutcome, Status
from cxplatform.imports.problems import Problem
from cxplatform.imports.progress import progress_topic
from cxplatform.imports.records import Record
from cxplatform.imports.rejects import rejects_path, write_rejects
from cxplatform.imports.retention import tidy_imports
from cxplatform.imports.rows import RowReader
from cxplatform.imports.submissions import JOB_KIND
from cxplatform.imports.upserts import load_rows
from cxplatform.jobs import handlers
from cxplatform.jobs.handlers import GiveUp
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import JobState
from cxplatform.jobs.sweep import register_chore
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import current_brand
from cxplatform.tenancy.topics import publish

ERRORS_KEPT = 100
_CHUNK_TIMEOUT_MS = 60_000


def register_import_jobs() -> None:
    """Let the job runner know how to run imports, and the sweep how to tidy up after them."""
    handlers.register(JOB_KIND, load_next_chunk, on_failed=note_failure)
    register_chore(tidy_imports)


def load_next_chunk(lease: Lease) -> bool:
    """Load the next chunk of a job's file; True means there is more.

    Raises: GiveUp, when the file is not there or its header cannot be read.
    """
    brand = lease.brand
    assert brand is not None
    try:
        with lease.door(statement_timeout_ms=_CHUNK_TIMEOUT_MS):
            job = ImportJob.objects.get(pk=lease.job_id)
            if job.state in (JobState.QUEUED, JobState.RUNNING):
                with _collecting_no_garbage():
                    _load(job, brand, timezone.now())
            reached("chunk-before-commit")
        reached("chunk-committed")
    except FileNotFoundError:
        raise GiveUp("The stored file is gone.") from None
    finally:
        publish(progress_topic(brand.id, lease.job_id))
    if job.state == JobState.FAILED:
        raise GiveUp(job.failure)
    if job.state == JobState.DONE:
        reached("last-chunk-committed")
        bodies.discard(brand, job.file_name)
    return job.state == JobState.RUNNING


def note_failure(lease: Lease, reason: str) -> None:
    """Mark the import FAILED together with its job; what it has loaded stays."""
    assert lease.brand is not None
    unfinished = ImportJob.objects.filter(pk=lease.job_id, state__in=[JobState.QUEUED, JobState.RUNNING])
    now = timezone.now()
    if unfinished.update(state=JobState.FAILED, failure=reason, finished_at=now):
        _record_end(ImportJob.objects.get(pk=lease.job_id), now)
    transaction.on_commit(partial(publish, progress_topic(lease.brand.id, lease.job_id)), robust=True)


def _load(job: ImportJob, brand: BrandRef, now: datetime) -> None:
    reader = RowReader(kind_named(job.kind), brand)
    job.started_at = job.started_at or now
    with (bodies.import_dir(brand) / job.file_name).open("rb", buffering=1024 * 1024) as body:
        try:
            chunk = read_chunk(body, reader, file_format=job.format, offset=job.bytes_done, line=job.next_line)
        except UnreadableHeader as error:
            _fail_at_header(job, error, now)
            return
        outcomes = load_rows(reader, chunk.rows, now=now)
        _note_rejected(job, body, chunk, outcomes)
    _count(job, outcomes)
    job.bytes_done, job.next_line = chunk.end, chunk.next_line
    job.state = JobState.RUNNING
    if chunk.at_end:
        job.state, job.bytes_done, job.finished_at = JobState.DONE, job.bytes_total, timezone.now()
        _record_end(job, now)
    job.save()


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """Keep the cycle collector from walking a chunk's rows, which form no cycles, again and again: 30 % less CPU."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _count(job: ImportJob, outcomes: list[RowOutcome]) -> None:
    statuses = [outcome.status for outcome in outcomes]
    job.rows += len(outcomes)
    job.accepted += statuses.count(Status.ACCEPTED)
    job.updated += statuses.count(Status.UPDATED)
    job.duplicates += statuses.count(Status.DUPLICATE)
    job.rejected += statuses.count(Status.REJECTED)


def _note_rejected(job: ImportJob, body: BinaryIO, chunk: Chunk, outcomes: list[RowOutcome]) -> None:
    rejected = [
        (record, outcome.errors) for record, outcome in zip(chunk.records, outcomes, strict=True) if outcome.id is None
    ]
    path = rejects_path(current_brand(), job.id)
    job.rejects_bytes = write_rejects(path, job.rejects_bytes, body, rejected)
    _keep_errors(job, rejected)


def _keep_errors(job: ImportJob, rejected: list[tuple[Record, tuple[Problem, ...]]]) -> None:
    for record, problems in rejected:
        for problem in problems:
            if len(job.errors) >= ERRORS_KEPT:
                return
            job.errors.append({"line": record.line, **problem.as_json()})


def _fail_at_header(job: ImportJob, error: UnreadableHeader, now: datetime) -> None:
    job.errors = [{"line": 1, **problem.as_json()} for problem in error.problems[:ERRORS_KEPT]]
    job.state, job.failure, job.finished_at = JobState.FAILED, f"Line 1: {error}", now
    job.save()
    _record_end(job, now)


def _record_end(job: ImportJob, now: datetime) -> None:
    """Write an import down once when it ends; who began it is told where it was submitted."""
    counts = {name: getattr(job, name) for name in ("rows", "accepted", "updated", "duplicates", "rejected")}
    subject = Subject("ImportJob", job.id, job.kind)
    after = {"state": job.state, **counts}
    record_change(actor=SYSTEM, action="finish_import", subject=subject, now=now, after=after)
