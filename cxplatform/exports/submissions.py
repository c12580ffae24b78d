"""Ask for a file: settle which rows and columns it has, and write down that it is to be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Aggregate, BinaryField, Count, QuerySet

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput
from cxplatform.exports.files import discard, keys_path, store_keys
from cxplatform.exports.kinds import ExportKind
from cxplatform.exports.links import hash_of, new_token
from cxplatform.exports.models import ExportFormat, ExportJob
from cxplatform.ids import uuid7
from cxplatform.jobs.models import Job
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

JOB_KIND: Final = "export"
# How long a file is kept, and its link good for.
KEPT: Final = timedelta(hours=24)
# A workbook is made at one go, and programs that show it are slow long before this.
MOST_ROWS: Final = {ExportFormat.CSV: 1_000_000, ExportFormat.NDJSON: 1_000_000, ExportFormat.XLSX: 100_000}


class _Packed(Aggregate):
    """All keys one after the other, 16 bytes each, in the order of the rows."""

    function = "string_agg"
    name = "Packed"
    template = "%(function)s(uuid_send(%(expressions)s), ''::bytea)"
    output_field = BinaryField()


@dataclass(frozen=True)
class Asked:
    """An export under way, and the token of its link, which is told this once."""

    job: ExportJob
    token: str


def begin_export(
    *,
    actor: Actor,
    kind: ExportKind,
    file_format: ExportFormat,
    rows: "QuerySet[Any]",
    columns: Sequence[str],
    now: datetime,
) -> Asked:
    """Have a file made of these rows, as of now: what is recorded later is not in it. Runs in the open door.

    One SELECT for the keys of all. Raises: BadInput, past what a file of the format may hold.
    """
    brand, job_id = current_brand(), uuid7()
    token = new_token(brand.id)
    count, packed = _keys(kind, rows, MOST_ROWS[file_format])
    store_keys(keys_path(brand, job_id), packed)
    try:
        Job.objects.create(id=job_id, kind=JOB_KIND, run_after=now, created_at=now)
        job = ExportJob.objects.create(
            id=job_id, kind=kind.name, format=file_format, columns=list(columns), rows_asked=count,
            token_hash=hash_of(token), expires_at=now + KEPT, asked_by=actor.name[:200], asked_by_id=actor.member_id,
            created_at=now,
        )  # fmt: skip
        told = {"format": file_format.value, "rows": count, "columns": list(columns)}
        record_change(
            actor=actor,
            action=f"export_{kind.name}".replace("-", "_"),
            subject=Subject("ExportJob", job_id, kind.name),
            now=now,
            after=told,
        )
    except BaseException:
        discard(brand, job_id)
        raise
    transaction.on_commit(partial(run_jobs.wake, brand.id), robust=True)
    return Asked(job, token)


def _keys(kind: ExportKind, rows: "QuerySet[Any]", most: int) -> tuple[int, bytes]:
    found = rows.order_by(*kind.order)[: most + 1].aggregate(count=Count("pk"), packed=_Packed("pk"))
    if found["count"] > most:
        raise BadInput(f"A file of this format holds {most:,} rows at most: ask for fewer.", field="where")
    return found["count"], bytes(found["packed"] or b"")
