"""An import whose worker dies at the worst moments: nothing is lost, nothing is doubled."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import timezone

from cxplatform.audit.actors import OPERATOR
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import submit_import
from cxplatform.jobs.models import Job
from cxplatform.jobs.sweep import sweep_fleet
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests import cluster
from tests.faults.deliveries import delivery, result_of
from tests.faults.nursery import work_in

pytestmark = pytest.mark.usefixtures("committed")

KILLED = -9
PROJECT = Path(__file__).resolve().parents[2]


def environment_of(environment: dict[str, str]) -> dict[str, str]:
    return cluster.process_environment() | environment


def start(*command: str, **environment: str) -> "subprocess.Popen[bytes]":
    """Start a process on this worker's database."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=PROJECT,
        env=environment_of(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def run(*command: str, **environment: str) -> int:
    process = start(*command, **environment)
    output, _ = process.communicate(timeout=120)
    print(output.decode())
    return process.returncode


def work(**environment: str) -> int:
    """Let a process of its own run what is due; return how it ended."""
    output = Path(settings.CX_DATA_DIR, "worker.log")
    status = work_in(environment_of(environment), str(PROJECT), "acme", str(output))
    print(output.read_text())
    return status


def submit(brand: BrandRef, body: bytes) -> None:
    submit_import(
        actor=OPERATOR, brand=brand, kind_name="customers", file_format="csv", pieces=[body], now=timezone.now()
    )


def outlive_leases() -> None:
    """Let every lease of the dead have run out, which takes half a minute else."""
    with brand_tx(cluster.ACME):
        Job.objects.exclude(lease_until=None).update(lease_until=timezone.now() - timedelta(seconds=1))


def swept() -> list[UUID]:
    """Let every lease of the dead have run out, and say whom the sweep would wake."""
    outlive_leases()
    woken: list[UUID] = []
    sweep_fleet(wake_brand=woken.append, wake_shared=lambda: None)
    return woken


@pytest.mark.parametrize(
    "point",
    [
        "chunk-before-copy:1",
        "chunk-before-copy:2",
        "chunk-after-copy:2",
        "chunk-before-commit:1",
        "chunk-before-commit:2",
        "chunk-before-commit:3",
        "chunk-committed:1",
        "chunk-committed:2",
        "last-chunk-committed",
    ],
)
def test_a_worker_killed_at_any_point_is_made_up_for_by_the_next(acme: BrandRef, point: str) -> None:
    body, expected = delivery()
    submit(acme, body)

    assert work(CX_FAULT=point) == KILLED
    assert swept() == [acme.id]
    assert work() == 0

    assert result_of(acme) == expected
    with brand_tx(acme):
        assert Job.objects.filter(kind="import").values_list("state", flat=True).get() == "DONE"
    assert swept() == []


def test_a_worker_killed_before_the_job_is_marked_done_is_made_up_for(acme: BrandRef) -> None:
    body, expected = delivery()
    submit(acme, body)

    assert work(CX_FAULT="job-before-done") == KILLED
    assert result_of(acme) == expected
    assert swept() == [acme.id]
    assert work() == 0

    assert result_of(acme) == expected
    assert swept() == []


def test_workers_killed_one_after_the_other_still_end_in_one_whole_import(acme: BrandRef) -> None:
    body, expected = delivery()
    submit(acme, body)

    for point in ("chunk-after-copy:1", "chunk-before-commit:2", "chunk-committed:1"):
        assert work(CX_FAULT=point) == KILLED
        outlive_leases()
    assert work() == 0

    assert result_of(acme) == expected


def import_file(tmp_path: Path, body: bytes, **environment: str) -> int:
    file = tmp_path / "customers.csv"
    file.write_bytes(body)
    return run("manage.py", "import_rows", "customers", str(file), "--brand", "acme", **environment)


def test_a_body_stored_before_its_row_is_nobodys_and_a_repeated_upload_is_whole(acme: BrandRef, tmp_path: Path) -> None:
    body, expected = delivery()

    assert import_file(tmp_path, body, CX_FAULT="body-stored") == KILLED
    with brand_tx(acme):
        assert (ImportJob.objects.count(), Job.objects.count()) == (0, 0)
    orphans = list(import_dir(acme).iterdir())
    assert import_file(tmp_path, body) == 0

    for orphan in orphans:
        orphan.unlink()
    assert len(orphans) == 1
    assert result_of(acme) == expected


def test_a_row_whose_wake_up_was_never_sent_is_found_by_the_sweep(acme: BrandRef, tmp_path: Path) -> None:
    body, expected = delivery()

    assert import_file(tmp_path, body, CX_FAULT="row-committed") == KILLED
    assert swept() == [acme.id]
    assert work() == 0

    assert result_of(acme) == expected


def test_two_workers_at_once_load_a_file_once(acme: BrandRef) -> None:
    body, expected = delivery()
    submit(acme, body)

    workers = [start("-m", "tests.faults.worker", "acme") for _ in range(2)]

    assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
    assert result_of(acme) == expected


def test_a_step_that_always_kills_its_worker_fails_the_job_with_a_reason(acme: BrandRef) -> None:
    body, _ = delivery()
    submit(acme, body)

    statuses: list[Any] = []
    for _ in range(6):
        statuses.append(work(CX_FAULT="chunk-before-commit"))
        outlive_leases()

    assert statuses == [KILLED] * 5 + [0]
    with brand_tx(acme):
        job = Job.objects.get(kind="import")
        upload = ImportJob.objects.get()
    assert (job.state, upload.state, upload.rows) == ("FAILED", "FAILED", 0)
    assert job.error == upload.failure == "The same step was begun 5 times and never ended."
