"""Import a file from the command line, with or without a worker."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.errors import BadInput, DomainError
from cxplatform.imports.decoding import decoded
from cxplatform.imports.kinds import kind_names
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import CSV, NDJSON, submit_import
from cxplatform.jobs.models import JobState
from cxplatform.jobs.runner import run_one
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_slug
from cxplatform.tenancy.doors import brand_tx

_PIECE = 256 * 1024
_BAR = 30
_SHOWN_ERRORS = 10
_ENDS = {".csv": CSV, ".ndjson": NDJSON, ".jsonl": NDJSON}


class Command(BaseCommand):
    help = "Import a CSV or NDJSON file (also .gz) into a brand; exit status 1 when the import fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=kind_names())
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--format", choices=[CSV, NDJSON], help="where the file's name does not tell")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error

    def _import(self, options: dict[str, Any]) -> None:
        brand = brand_by_slug(options["brand"])
        if brand is None or brand.status != ACTIVE:
            raise CommandError(f"There is no active brand {options['brand']!r}.")
        path: Path = options["file"]
        now = timezone.now()
        record_access(brand, actor=OPERATOR, subject=Subject("Command", label="import_rows"), now=now)
        try:
            job_id = submit_import(
                actor=OPERATOR,
                brand=brand,
                kind_name=options["kind"],
                file_format=options["format"] or _format_of(path),
                pieces=_content(path),
                now=now,
            )
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        job = self._run(brand, job_id)
        self._report(job)

    def _run(self, brand: BrandRef, job_id: UUID) -> ImportJob:
        """Run the job here, or watch the worker that took it first."""

        def show() -> None:
            self._draw(_job(brand, job_id))

        show()
        while (job := _job(brand, job_id)).state not in (JobState.DONE, JobState.FAILED):
            if not run_one(brand, job_id, after_step=show):
                time.sleep(0.5)
            show()
        self.stderr.write("")
        return job

    def _draw(self, job: ImportJob) -> None:
        """Draw the bar anew on its line; one line an update where nobody watches."""
        share = job.bytes_done / job.bytes_total if job.bytes_total else float(job.state == JobState.DONE)
        bar = "#" * round(share * _BAR)
        again = "\r" if sys.stderr.isatty() else ""
        end = "" if sys.stderr.isatty() else "\n"
        self.stderr.write(f"{again}[{bar:<{_BAR}}] {share:4.0%} {job.rows:,} rows ", ending=end)
        self.stderr.flush()

    def _report(self, job: ImportJob) -> None:
        self.stdout.write(
            f"{job.state}: {job.rows:,} rows = {job.accepted:,} accepted + {job.updated:,} updated "
            f"+ {job.duplicates:,} duplicates + {job.rejected:,} rejected"
        )
        for error in job.errors[:_SHOWN_ERRORS]:
            self.stdout.write(f"  line {error['line']}: {error['field'] or '-'} {error['code']}: {error['message']}")
        if job.state == JobState.FAILED:
            raise CommandError(job.failure)


def _job(brand: BrandRef, job_id: UUID) -> ImportJob:
    with brand_tx(brand, read_only=True):
        return ImportJob.objects.get(pk=job_id)


def _format_of(path: Path) -> str:
    name = path.with_suffix("") if path.suffix == ".gz" else path
    try:
        return _ENDS[name.suffix.lower()]
    except KeyError:
        raise BadInput(f"{path.name} does not end in .csv, .ndjson or .jsonl: say --format.") from None


def _content(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        gzipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        raw = iter(lambda: file.read(_PIECE), b"")
        yield from decoded(raw, gzipped=gzipped, most_bytes=settings.CX_IMPORT_MAX_BYTES)
