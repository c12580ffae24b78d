"""The import endpoint: POST a file, then GET its job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_access
from cxplatform.errors import NotFound
from cxplatform.imports.http_body import body_format, body_pieces
from cxplatform.imports.http_errors import MethodNotAllowed, answer_error
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.models import ImportJob
from cxplatform.imports.rejects import read_rejects, rejects_path
from cxplatform.imports.submissions import submit_import
from cxplatform.imports.uploads import Upload
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx


@dataclass(frozen=True)
class Importer:
    """Who imports, and into which brand."""

    actor: Actor
    brand: BrandRef


# Say who asks and which brand it imports into, or raise a DomainError.
Authorise = Callable[[HttpRequest], Importer]


def import_urls(authorise: Authorise) -> list[URLPattern]:
    """Return the endpoint's paths, guarded by the function that knows who may import."""

    def guarded(method: str, answer: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
            try:
                _check_method(request, method)
                importer = authorise(request)
                _note_access(request, importer)
                return answer(request, importer, **parts)
            except Exception as error:  # noqa: BLE001  # the one place that turns errors into answers; it logs them
                return answer_error(error)

        return csrf_exempt(view)

    return [
        path("import/jobs/<str:job>", guarded("GET", show_job), name="import-job"),
        path("import/jobs/<str:job>/rejects", guarded("GET", show_rejects), name="import-rejects"),
        path("import/<str:kind>", guarded("POST", receive), name="import"),
    ]


def receive(request: HttpRequest, importer: Importer, *, kind: str) -> HttpResponseBase:
    """Store the body, queue its import and say where to follow it.

    Raises: NotFound, TooManyUploads; the rest is answered here, before the body's reader is waited for.
    """
    kind_named(kind)
    upload = Upload()

    def accept() -> HttpResponse:
        try:
            return _accept(request, importer, kind, upload)
        except Exception as error:  # noqa: BLE001  # an answer all the same; it logs what is not expected
            return answer_error(error)

    return upload.answer(accept)


def _accept(request: HttpRequest, importer: Importer, kind: str, upload: Upload) -> HttpResponse:
    job_id = submit_import(
        actor=importer.actor,
        brand=importer.brand,
        kind_name=kind,
        file_format=body_format(request),
        pieces=body_pieces(request, upload),
        now=timezone.now(),
    )
    run_jobs.wake(importer.brand.id)
    status = request.build_absolute_uri(reverse("import-job", kwargs={"job": str(job_id)}))
    return JsonResponse({"job": str(job_id), "status": status}, status=202, headers={"Location": status})


def show_job(request: HttpRequest, importer: Importer, *, job: str) -> HttpResponse:
    """Say how far an import is and what became of its rows.

    Raises: NotFound.
    """
    found = _find(importer.brand, job)
    rejects = None
    if found.rejects_bytes:
        rejects = request.build_absolute_uri(reverse("import-rejects", kwargs={"job": str(found.id)}))
    return JsonResponse(
        {
            "job": str(found.id),
            "kind": found.kind,
            "state": found.state,
            "failure": found.failure or None,
            "rows": found.rows,
            "accepted": found.accepted,
            "updated": found.updated,
            "duplicates": found.duplicates,
            "rejected": found.rejected,
            "errors": found.errors,
            "rejects_url": rejects,
            "bytes_total": found.bytes_total,
            "bytes_done": found.bytes_done,
            "created_at": _text(found.created_at),
            "started_at": _text(found.started_at),
            "finished_at": _text(found.finished_at),
        }
    )


def show_rejects(request: HttpRequest, importer: Importer, *, job: str) -> StreamingHttpResponse:
    """Stream every rejected line with its reasons, as NDJSON.

    Raises: NotFound, also when no line was rejected or the file has been tidied away.
    """
    found = _find(importer.brand, job)
    file = rejects_path(importer.brand, found.id)
    if not found.rejects_bytes or not file.exists():
        raise NotFound("There is no file of rejected lines for this import.")
    return StreamingHttpResponse(
        read_rejects(file, found.rejects_bytes),
        content_type="application/x-ndjson",
        headers={
            "Content-Disposition": f'attachment; filename="{found.kind}-rejects-{found.id}.ndjson"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _find(brand: BrandRef, job: str) -> ImportJob:
    try:
        job_id = UUID(job)
    except ValueError:
        raise NotFound("No such import job.") from None
    with brand_tx(brand, read_only=True):
        found = ImportJob.objects.filter(pk=job_id).first()
    if found is None:
        raise NotFound("No such import job.")
    return found


def _note_access(request: HttpRequest, importer: Importer) -> None:
    """Have the brand see that somebody of the provider was here, whatever comes of it."""
    if importer.actor.of_provider:
        subject = Subject("Import", label=f"{request.method} {request.path}")
        record_access(importer.brand, actor=importer.actor, subject=subject, now=timezone.now())


def _check_method(request: HttpRequest, method: str) -> None:
    if request.method != method:
        raise MethodNotAllowed(f"Use {method} here.")


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
