"""The file of an export, for whoever holds its link."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.exports.files import file_path, work_path
from cxplatform.exports.links import hash_of, read_token
from cxplatform.exports.models import ExportFormat, ExportJob
from cxplatform.exports.writing import CONTENT_TYPES
from cxplatform.jobs.models import JobState
from cxplatform.refusals import refusal, unlogged
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_id
from cxplatform.tenancy.doors import brand_tx

_PIECE: Final = 64 * 1024
_SECONDS_TO_WAIT: Final = "5"


def export_urls() -> list[URLPattern]:
    return [path("exports/<str:token>", csrf_exempt(show_export), name="export")]


def show_export(request: HttpRequest, token: str) -> HttpResponseBase:
    """Stream a finished export, and have it written down that somebody took it."""
    if request.method != "GET":
        return refusal(request, 405, "METHOD_NOT_ALLOWED", "Use GET here.")
    brand = _brand_of(token)
    if brand is None:
        return _nothing(request)
    now = timezone.now()
    with brand_tx(brand):
        job = ExportJob.objects.filter(token_hash=hash_of(token), expires_at__gt=now).first()
        if job is None or job.state == JobState.FAILED:
            return _nothing(request)
        if job.state != JobState.DONE:
            waiting = unlogged(refusal(request, 409, "CONFLICT", "The file is still being made; try again soon."))
            waiting["Retry-After"] = _SECONDS_TO_WAIT
            return waiting
        try:
            file = _path(brand, job).open("rb")
        except FileNotFoundError:
            return _nothing(request)
        # Who holds the link is not known; whose it is, is.
        holder = Actor(job.asked_by, "LINK", of_provider=False, member_id=job.asked_by_id)
        subject = Subject("ExportJob", job.id, job.kind)
        record_change(actor=holder, action="download_export", subject=subject, now=now, after={"rows": job.rows})
    return _answer(job, file)


def _brand_of(token: str) -> BrandRef | None:
    brand_id = read_token(token)
    brand = None if brand_id is None else brand_by_id(brand_id)
    return brand if brand is not None and brand.status == ACTIVE else None


def _path(brand: BrandRef, job: ExportJob) -> Path:
    return file_path(brand, job.id) if job.format == ExportFormat.XLSX else work_path(brand, job.id)


def _answer(job: ExportJob, file: BinaryIO) -> StreamingHttpResponse:
    name = f"{job.kind}-{job.created_at:%Y-%m-%d}.{job.format.lower()}"
    return StreamingHttpResponse(
        _pieces(file, job.bytes or 0),
        content_type=CONTENT_TYPES[ExportFormat(job.format)],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(job.bytes or 0),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the bytes that count, piece by piece."""
    with file:
        while size > 0 and (piece := file.read(min(_PIECE, size))):
            size -= len(piece)
            yield piece


def _nothing(request: HttpRequest) -> HttpResponseBase:
    return unlogged(refusal(request, 404, "NOT_FOUND", "There is no such file, or its time is over."))
