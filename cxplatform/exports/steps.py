"""The export job: each step writes one chunk, and commits how much of the file counts."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from cxplatform.exports.cells import plain
from cxplatform.exports.files import append, discard, file_path, keys_path, read_keys, work_path
from cxplatform.exports.kinds import export_kind_named
from cxplatform.exports.models import ExportFormat, ExportJob
from cxplatform.exports.retention import tidy_exports
from cxplatform.exports.submissions import JOB_KIND
from cxplatform.exports.writing import body, head, workbook
from cxplatform.faults import reached
from cxplatform.jobs import handlers
from cxplatform.jobs.handlers import GiveUp
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import JobState
from cxplatform.jobs.sweep import register_chore
from cxplatform.tenancy.brand import BrandRef

CHUNK_ROWS: Final = 5_000
UNFINISHED: Final = (JobState.QUEUED, JobState.RUNNING)
_TIMEOUT_MS: Final = 60_000


def register_export_jobs() -> None:
    """Let the job runner know how to make exports, and the sweep how to tidy up after them."""
    handlers.register(JOB_KIND, write_next_chunk, on_failed=note_failure)
    register_chore(tidy_exports)


def write_next_chunk(lease: Lease) -> bool:
    """Write the next rows of a job's file; True means there is more. Raises: GiveUp, when its keys are gone."""
    assert lease.brand is not None
    try:
        with lease.door(statement_timeout_ms=_TIMEOUT_MS):
            job = ExportJob.objects.get(pk=lease.job_id)
            if job.state in UNFINISHED:
                _write(job, lease.brand)
                if job.rows_done == job.rows_asked:
                    _finish(job, lease.brand, timezone.now())
                job.save()
            reached("export-before-commit")
    except FileNotFoundError:
        raise GiveUp("The keys of its rows are gone.") from None
    if job.state == JobState.DONE:
        keys_path(lease.brand, job.id).unlink(missing_ok=True)
        if job.format == ExportFormat.XLSX:
            work_path(lease.brand, job.id).unlink(missing_ok=True)
    return job.state == JobState.RUNNING


def note_failure(lease: Lease, reason: str) -> None:
    """Mark the export FAILED together with its job; nothing of it is handed out."""
    assert lease.brand is not None
    jobs = ExportJob.objects.filter(pk=lease.job_id, state__in=UNFINISHED)
    if jobs.update(state=JobState.FAILED, failure=reason, finished_at=timezone.now()):
        discard(lease.brand, lease.job_id)


def _write(job: ExportJob, brand: BrandRef) -> None:
    keys = read_keys(keys_path(brand, job.id), job.rows_done, CHUNK_ROWS)
    rows = [tuple(map(plain, row)) for row in export_kind_named(job.kind).rows(keys, job.columns)]
    before = head(job.format, job.columns) if job.work_bytes == 0 else b""
    pieces = (before, body(job.format, job.columns, rows))
    job.work_bytes = append(work_path(brand, job.id), job.work_bytes, pieces)
    job.rows_done += len(keys)
    job.rows += len(rows)
    job.state = JobState.RUNNING
    if not keys and job.rows_done < job.rows_asked:
        raise FileNotFoundError(job.id)


def _finish(job: ExportJob, brand: BrandRef, now: datetime) -> None:
    """Make the rows a file; doing it again makes the same one."""
    file = work_path(brand, job.id)
    if job.format == ExportFormat.XLSX:
        workbook(file_path(brand, job.id), job.columns, file, job.work_bytes)
        file = file_path(brand, job.id)
        file.chmod(0o600)
        job.bytes = file.stat().st_size
    else:
        job.bytes = job.work_bytes
    job.state, job.finished_at = JobState.DONE, now
