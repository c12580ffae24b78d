"""The server audits of npm's graphql-http, one test each, against the real web server."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests import cluster
from tests.clients.conftest import Service
from tests.node import Workspace

LEVELS = {
    "MUST": "4655 82A3 BF61 78D5 2C94 03D4 13EE B8B3 0220 0221 0222 28B9 1B7A",
    "SHOULD": "22EB 47DE 80D8 9ABE 34A2 8161 94B0 94B1 94B2 2EA1 428F BCF8 B7N8 572B FDE2 7B9B 865D 556A D586 51FE "
    "74FF 5E5B 86EE",
    "MAY": "9C48 A5BF 423L LKJ0 LKJ1 LKJ2 LKJ3 6C00 6C01 6C02 6C03 4760 4761 4762 4763 58B0 58B1 58B2 58B3 B6DC 8764 "
    "3E3A",
}
AUDITS = [(level, audit) for level, audits in LEVELS.items() for audit in audits.split()]
# All three are about GET, which may be left out and is: an address with a query in it ends up in logs and histories,
# and a page elsewhere could send it.
TURNED_DOWN = ["5A70", "D6D5", "6A70"]


@pytest.fixture(scope="module")
def audits(service: Service, tmp_path_factory: Any) -> dict[str, Any]:
    """Run them all, once for all processes of a test run; the results by their ids."""
    kept = Path(os.environ[cluster.FOLDER], "http-audits.json")
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            workspace = Workspace(Path(__file__).parent / "audits", tmp_path_factory.mktemp("audits"))
            kept.write_text(workspace.run("run.mjs", CX_URL=service.graphql, CX_TOKEN=service.keys["viewer"]))
    return {result["id"]: result for result in json.loads(kept.read_text())}


def test_every_audit_is_known_here(audits: dict[str, Any]) -> None:
    turned_down = [("MAY", audit) for audit in TURNED_DOWN]

    assert {(result["name"].split()[0], audit) for audit, result in audits.items()} == {*AUDITS, *turned_down}


@pytest.mark.parametrize(("level", "audit"), AUDITS)
def test_the_audit_is_passed(audits: dict[str, Any], level: str, audit: str) -> None:
    result = audits[audit]

    assert result["status"] == "ok", (level, result)


@pytest.mark.parametrize("audit", TURNED_DOWN)
def test_what_is_turned_down_may_be(audits: dict[str, Any], audit: str) -> None:
    result = audits[audit]

    assert (result["status"], result["answer"][:3]) == ("notice", "405")
