"""`make demo` itself: up, serving its data, down without a trace, up again with what it had.

With little data: a brand's whole story is made by tests/demo/test_tour.py.
"""

import json
import os
import signal
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from cxplatform.embedded import EmbeddedPostgres, EmbeddedValkey
from tests import cluster
from tests.embedded.conftest import Marked, eventually
from tests.embedded.demos import Demo


@pytest.fixture
def demo(data_dir: Path, marked: Marked) -> Demo:
    return Demo(data_dir, marked, CX_DEMO_SIZE="small")


def interactions(contents: dict[str, Any]) -> int:
    """Ask as the first brand's analyst how many interactions there are."""
    request = urllib.request.Request(
        contents["graphql"],
        data=json.dumps({"query": "{ interactions(first: 1) { totalCount } }"}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {contents['brands'][0]['analyst']}",
        },
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        total: int = json.load(answer)["data"]["interactions"]["totalCount"]
        return total


def test_it_serves_and_leaves_nothing_and_comes_back_with_its_data(demo: Demo) -> None:
    with demo.running() as make:
        first = demo.contents()
        counted = interactions(first)
        mode = demo.file.stat().st_mode & 0o777
        make.send_signal(signal.SIGTERM)
        make.wait(timeout=60)
        assert eventually(lambda: demo.processes() == [])

    with demo.running():
        second = demo.contents()
        counted_again = interactions(second)
        os.kill(demo.supervisor(), signal.SIGKILL)
        assert eventually(lambda: demo.processes() == [])

    assert mode == 0o600
    assert counted >= 1_000
    assert (second, counted_again) == (first, counted)


def test_on_given_servers_it_starts_none_of_its_own(data_dir: Path, marked: Marked) -> None:
    given = data_dir / "given"
    given.mkdir()
    with (
        EmbeddedPostgres(given / "postgres", binaries=cluster.programs()) as urls,
        EmbeddedValkey(given / "valkey") as valkey,
    ):
        servers = {"DATABASE_URL": urls.app, "DATABASE_OWNER_URL": urls.owner}
        servers |= {"BROKER_URL": valkey, "CACHE_URL": valkey.removesuffix("/0") + "/1", "CX_DEMO_SIZE": "small"}
        demo = Demo(data_dir / "own", marked, **servers)
        with demo.running() as make:
            counted = interactions(demo.contents())
            made = {path.name for path in (data_dir / "own").iterdir()}
            make.send_signal(signal.SIGTERM)
            make.wait(timeout=60)

    assert counted >= 1_000
    assert made.isdisjoint({"postgres", "valkey"})
