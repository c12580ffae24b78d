"""`demo_data` as a whole, with little data: killed on the way, and met by a brand that is somebody else's."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from apps.accounts.models import Brand, Member
from apps.customers.models import Customer
from config.demo.making import make_demo
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.demo.made import everything
from tests.demo.small import NOW, PLANS, forget, make

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo_file(committed: None, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo.json"
    forget()


@pytest.mark.parametrize(
    ("point", "contacts"),
    [
        ("body-stored:1", 412),  # nothing was loaded yet: the story is told anew, up to the later day
        ("chunk-before-commit:4", 409),
        ("last-chunk-committed:4", 409),
        ("chunk-before-commit:5", 409),
    ],
)
def test_a_killed_run_is_finished_by_the_next_on_another_day(demo_file: Path, point: str, contacts: int) -> None:
    command = [sys.executable, "-m", "tests.demo.small"]
    environment = cluster.process_environment() | {"CX_FAULT": point}
    killed = subprocess.run(command, cwd=PROJECT, env=environment, check=False)

    make(demo_file, now=NOW + timedelta(days=3))

    finished = everything()
    assert killed.returncode == -9
    assert finished["little-acme dirty"] == [(0,)]
    assert len(finished["little-acme Interaction"]) == contacts
    assert finished["accounts"] == [(4, 10, 10)]
    make(demo_file, now=NOW + timedelta(days=4))
    assert everything() == finished


def test_a_brand_of_somebody_else_is_left_alone(demo_file: Path, acme: BrandRef) -> None:
    plans = [replace(plan, slug=slug) for plan, slug in zip(PLANS, ("little-acme", "acme"), strict=True)]

    with pytest.raises(Conflict, match="There is a brand acme that the demo did not make"):
        make_demo(plans, demo_file, port=8000, live_port=8001, now=NOW, say=print)

    with brand_tx(acme, read_only=True):
        assert not Customer.objects.exists()
    with shared_tx(read_only=True):
        assert (Member.objects.count(), Brand.objects.count()) == (0, 2)
    assert not demo_file.exists()
