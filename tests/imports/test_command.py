"""python manage.py import_rows, without a worker."""

import gzip
import os
import re
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cxplatform.audit.actors import OPERATOR
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.imports.retention import tidy_imports
from cxplatform.imports.submissions import submit_import
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = pytest.mark.django_db


def import_rows(file: Path, *more: str, brand: str = "acme") -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_rows", "customers", str(file), "--brand", brand, *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_gzipped_file_is_loaded_with_a_bar_and_a_summary(acme: BrandRef, tmp_path: Path) -> None:
    file = tmp_path / "people.csv.gz"
    file.write_bytes(gzip.compress(b"external_id,country\np1,DE\np2,XX\np1,DE\n"))

    said, bar = import_rows(file)

    assert said.splitlines() == [
        "DONE: 3 rows = 1 accepted + 0 updated + 1 duplicates + 1 rejected",
        "  line 3: country UNKNOWN_VALUE: 'XX' is not an ISO 3166-1 country code of two letters",
    ]
    assert "[##############################] 100% 3 rows" in bar


@pytest.mark.parametrize(
    ("name", "body", "brand", "says"),
    [
        ("people.csv", b"nmae\nx\n", "acme", "Line 1: the column 'nmae' is not one of customers"),
        ("people.txt", b"external_id\n", "acme", "say --format"),
        ("people.csv", b"external_id\n", "nobody", "There is no active brand 'nobody'"),
        # Without a time in it: the workers of one run must agree on its name.
        ("people.csv.gz", gzip.compress(b"external_id\n", mtime=0)[:-1], "acme", "ends before its end"),
    ],
)
def test_what_fails_says_why(acme: BrandRef, tmp_path: Path, *, name: str, body: bytes, brand: str, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(body)

    with pytest.raises(CommandError, match=re.escape(says)):
        import_rows(file, brand=brand)


def test_files_that_nobody_needs_any_more_are_tidied_away(acme: BrandRef) -> None:
    done, failed = (
        submit_import(
            actor=OPERATOR, brand=acme, kind_name="customers", file_format="csv", pieces=[body], now=timezone.now()
        )
        for body in (b"external_id,country\np1,XX\n", b"nmae\n")
    )
    run_due(acme)
    waiting = submit_import(
        actor=OPERATOR,
        brand=acme,
        kind_name="customers",
        file_format="csv",
        pieces=[b"external_id\n"],
        now=timezone.now(),
    )
    with brand_tx(acme):
        ImportJob.objects.filter(pk=waiting).update(state="RUNNING")
    orphan = import_dir(acme) / "01900000-0000-7000-8000-0000000000aa.csv.part"
    fresh = import_dir(acme) / "01900000-0000-7000-8000-0000000000bb.csv"
    orphan.touch()
    fresh.touch()

    for path in import_dir(acme).iterdir():
        if path != fresh:
            age(path, days=8)
    tidy_imports(acme)

    left = sorted(path.name for path in import_dir(acme).iterdir())
    assert left == sorted([f"{done}.rejects.ndjson", f"{waiting}.csv", fresh.name])
    assert f"{failed}.csv" not in left


def age(path: Path, *, days: int) -> Any:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
