"""POST /import/<kind> and what follows it."""

import errno
import gzip
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.urls import resolve

from apps.customers.models import Customer
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.imports.urls")]

CSV = b"external_id,name,country\r\np1,Ann,US\r\np2,Bo,XX\r\np3,,\r\n"


@pytest.fixture(autouse=True)
def _deaf_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is woken: the tests run the jobs themselves."""
    from cxplatform.jobs.tasks import run_jobs

    monkeypatch.setattr(run_jobs, "_send", lambda *args: None)


def post(body: bytes, *, brand: str = "acme", kind: str = "customers", **extra: Any) -> Any:
    extra = {"content_type": "text/csv", **extra}
    return Client().post(f"/import/{kind}", body, headers={"Authorization": brand, **extra.pop("headers", {})}, **extra)


def get(path: str, brand: str = "acme") -> Any:
    return Client().get(path, headers={"Authorization": brand})


def kept(brand: BrandRef) -> list[str]:
    return sorted(path.name for path in import_dir(brand).iterdir())


def jobs(brand: BrandRef) -> int:
    with brand_tx(brand):
        return ImportJob.objects.count() + Job.objects.count()


def test_a_stored_file_is_answered_with_its_job_and_then_loaded(acme: BrandRef) -> None:
    answer = post(CSV)
    queued = get(answer.json()["status"]).json()
    run_due(acme)
    done = get(answer.json()["status"]).json()

    assert answer.status_code == 202
    assert (queued["state"], queued["rows"], queued["bytes_total"]) == ("QUEUED", 0, len(CSV))
    assert done["state"] == "DONE"
    assert [done[name] for name in ("rows", "accepted", "updated", "duplicates", "rejected")] == [3, 2, 0, 0, 1]
    assert done["errors"] == [
        {
            "line": 3,
            "field": "country",
            "code": "UNKNOWN_VALUE",
            "message": "'XX' is not an ISO 3166-1 country code of two letters",
        }
    ]
    with brand_tx(acme):
        assert sorted(Customer.objects.values_list("external_id", "name", "country")) == [
            ("p1", "Ann", "US"),
            ("p3", None, None),
        ]


def test_all_rejected_lines_can_be_fetched_with_their_reasons(acme: BrandRef) -> None:
    job = post(CSV).json()["status"]
    run_due(acme)

    answer = get(get(job).json()["rejects_url"])

    lines = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert [(line["line"], line["text"], line["errors"][0]["code"]) for line in lines] == [
        (3, "p2,Bo,XX", "UNKNOWN_VALUE")
    ]


def test_another_brands_job_and_an_unknown_one_look_the_same(acme: BrandRef, globex: BrandRef) -> None:
    job = post(CSV).json()["job"]
    run_due(acme)

    answers = [get(f"/import/jobs/{job}", "globex"), get(f"/import/jobs/{job}/rejects", "globex")]
    answers += [get("/import/jobs/01900000-0000-7000-8000-000000000001"), get("/import/jobs/nonsense")]

    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [(404, "NOT_FOUND")] * 4


@pytest.mark.parametrize(
    ("request_is", "status", "code", "says"),
    [
        ({"kind": "dragons"}, 404, "NOT_FOUND", "orders"),
        ({"brand": "nobody"}, 401, "UNAUTHENTICATED", "Say who asks."),
        ({"content_type": "application/json"}, 400, "BAD_USER_INPUT", "'application/json'"),
        ({"content_type": "text/csv; charset=latin-1"}, 400, "BAD_USER_INPUT", "'latin-1'"),
        ({"headers": {"Content-Encoding": "br"}}, 400, "BAD_USER_INPUT", "'br'"),
        ({"headers": {"Content-Encoding": "gzip"}}, 400, "BAD_USER_INPUT", "not gzip"),
    ],
)
def test_a_refused_body_leaves_nothing(
    acme: BrandRef, request_is: dict[str, Any], status: int, code: str, says: str
) -> None:
    answer = post(CSV, **request_is)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert says in error["message"]
    assert (kept(acme), jobs(acme)) == ([], 0)


def test_a_gzipped_body_is_decoded_and_a_cut_off_one_refused(acme: BrandRef) -> None:
    two_members = gzip.compress(CSV[:20]) + gzip.compress(CSV[20:])

    whole = post(two_members, headers={"Content-Encoding": "gzip"})
    cut = post(two_members[:-9], headers={"Content-Encoding": "gzip"})

    assert (whole.status_code, cut.status_code) == (202, 400)
    assert cut.json()["error"]["message"] == "The gzip body ends before its end."
    assert [(import_dir(acme) / name).read_bytes() for name in kept(acme)] == [CSV]


def test_too_much_is_refused_as_soon_as_it_is_too_much_even_out_of_a_small_gzip(
    acme: BrandRef, settings: LazySettings
) -> None:
    settings.CX_IMPORT_MAX_BYTES = 100_000
    bomb = gzip.compress(b"0" * 300_000_000)

    answers = [post(b"0" * 100_001), post(bomb, headers={"Content-Encoding": "gzip"})]

    assert [(a.status_code, a.json()["error"]["code"]) for a in answers] == [(413, "PAYLOAD_TOO_LARGE")] * 2
    assert (kept(acme), jobs(acme)) == ([], 0)


def request_with(**environ: Any) -> Any:
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/import/customers",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "text/csv",
            "HTTP_AUTHORIZATION": "acme",
            **environ,
        }
    )
    view, args, kwargs = resolve("/import/customers")
    return view(request, *args, **kwargs)


def test_a_chunked_body_needs_no_length_but_a_last_line_end(acme: BrandRef) -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}

    whole = request_with(**chunked, **{"wsgi.input": BytesIO(CSV)})
    cut = request_with(**chunked, **{"wsgi.input": BytesIO(CSV[:-4])})

    assert (whole.status_code, cut.status_code) == (202, 400)
    assert len(kept(acme)) == 1


def test_a_body_shorter_than_its_length_is_refused(acme: BrandRef) -> None:
    answer = request_with(CONTENT_LENGTH=str(len(CSV) + 5), **{"wsgi.input": BytesIO(CSV)})

    assert answer.status_code == 400
    assert "5 bytes before" in json.loads(answer.content)["error"]["message"]
    assert (kept(acme), jobs(acme)) == ([], 0)


def test_a_full_disk_is_said_and_nothing_is_kept(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    answer = post(CSV)

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "UNAVAILABLE")
    assert (kept(acme), jobs(acme)) == ([], 0)


@pytest.mark.parametrize(
    ("header", "field", "code"),
    [
        (b"external_id,nmae", "nmae", "MALFORMED_LINE"),
        (b"name,country", "external_id", "REQUIRED"),
        (b"external_id,name,name", "name", "MALFORMED_LINE"),
        (b"\n", None, "MALFORMED_LINE"),
    ],
)
def test_wrong_columns_fail_the_job_at_line_1(acme: BrandRef, header: bytes, field: str | None, code: str) -> None:
    job = post(header + b"\n").json()["status"]
    run_due(acme)

    done = get(job).json()

    assert (done["state"], done["rows"]) == ("FAILED", 0)
    assert [(error["line"], error["field"], error["code"]) for error in done["errors"]] == [(1, field, code)]
    with brand_tx(acme):
        assert Job.objects.get().state == "FAILED"


def test_the_body_goes_when_it_is_loaded(acme: BrandRef) -> None:
    post(b"external_id\np1\n")

    run_due(acme)

    assert kept(acme) == []
    assert Path(import_dir(acme)).stat().st_mode & 0o777 == 0o700
