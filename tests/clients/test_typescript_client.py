"""The TypeScript example: typed by the schema, compiled strictly, run against the real service."""

import json
import shutil
from pathlib import Path

import pytest

from tests.clients.conftest import SPRING, Service
from tests.flows.programs import worker
from tests.node import PROJECT, Workspace


@pytest.fixture
def example(tmp_path: Path) -> Workspace:
    """Copy the example, and the schema to where it looks for it; make its types."""
    workspace = Workspace(PROJECT / "examples/typescript", tmp_path / "examples/typescript")
    (tmp_path / "docs").mkdir()
    shutil.copy(PROJECT / "docs/schema.graphql", tmp_path / "docs")
    workspace.run_bin("gql.tada", "generate-output")
    return workspace


def test_it_does_what_it_shows(example: Workspace, service: Service) -> None:
    example.run_bin("tsc")
    environment = {
        "CX_GRAPHQL": service.graphql,
        "CX_WS": f"ws://127.0.0.1:{service.live_port}/graphql/ws",
        "CX_SSE": f"http://127.0.0.1:{service.live_port}/graphql/stream",
        "CX_KEY": service.keys["admin"],
        "CX_FROM": SPRING["from"],
        "CX_TO": SPRING["to"],
    }

    with worker(service.worker_id, CX_DATA_DIR=service.data_dir):
        saw = json.loads(example.run("build/main.js", **environment))

    page = saw.pop("page")
    assert page["paged"] == page["counted"] > 100
    # The worker may count what was recorded before only now, so a number can move by more than the last contact.
    assert [protocol for protocol, moved in saw.pop("moved").items() if moved >= 1] == ["ws", "sse"]
    assert set(saw.pop("numbers")) == {"VOLUME", "CSAT", "AHT"}
    assert saw == {
        "record": {"stored": "PHONE", "storedOnce": True, "refused": [["OUT_OF_RANGE", "talkSeconds"]]},
        "refusal": "UNAUTHENTICATED",
        "progress": {"ws": ["DONE"], "sse": ["DONE"]},
    }


WRONG = [
    ("metrics.ts", "unit value sampleSize", "unit worth sampleSize"),
    ("main.ts", '["VOLUME", "CSAT", "AHT"]', '["VOLUME", "GUESSED"]'),
    ("main.ts", 'channel: "PHONE"', 'channel: "PIGEON"'),
]


def test_what_the_schema_lacks_does_not_compile(example: Workspace) -> None:
    for file, right, wrong in WRONG:
        source = example.folder / "src" / file
        assert source.read_text().count(right) == 1
        source.write_text(source.read_text().replace(right, wrong))

    with pytest.raises(pytest.fail.Exception) as refused:
        example.run_bin("tsc", "--noEmit")

    said = str(refused.value)
    assert "error TS" in said
    assert [word for word in ("'value'", "GUESSED", "PIGEON") if word not in said] == []
