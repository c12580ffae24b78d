"""Take a file in: store it, then write down that it is to be loaded."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.faults import reached
from cxplatform.ids import uuid7
from cxplatform.imports import bodies
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND = "import"
CSV, NDJSON = "csv", "ndjson"


def submit_import(
    *, actor: Actor, brand: BrandRef, kind_name: str, file_format: str, pieces: Iterable[bytes], now: datetime
) -> UUID:
    """Store the pieces of a file and queue its import; returns the job's id. The caller wakes a worker.

    Opens the brand's door itself, after the file is stored. Raises: NotFound for an unknown kind; what storing raises.
    """
    kind_named(kind_name)
    job_id = uuid7()
    body = bodies.store(brand, job_id, file_format, pieces)
    reached("body-stored")
    try:
        with brand_tx(brand):
            Job.objects.create(id=job_id, kind=JOB_KIND, run_after=now, created_at=now)
            ImportJob.objects.create(
                id=job_id,
                kind=kind_name,
                format=file_format,
                file_name=body.file_name,
                bytes_total=body.bytes,
                created_at=now,
            )
            record_change(
                actor=actor,
                action="submit_import",
                subject=Subject("ImportJob", job_id, kind_name),
                now=now,
                after={"format": file_format, "bytes": body.bytes},
            )
    except BaseException:
        bodies.discard(brand, body.file_name)
        raise
    reached("row-committed")
    return job_id
