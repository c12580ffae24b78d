"""Relay's compiler takes the committed SDL: connections, refetching, nodes, mutations that insert, subscriptions."""

import shutil
from pathlib import Path

import pytest

from tests.node import PROJECT, Workspace


@pytest.fixture
def relay(tmp_path: Path) -> Workspace:
    workspace = Workspace(Path(__file__).parent / "relay", tmp_path / "relay")
    shutil.copy(PROJECT / "docs/schema.graphql", workspace.folder)
    (workspace.folder / "compiled").mkdir()
    return workspace


def test_what_relay_asks_of_a_schema_is_there(relay: Workspace) -> None:
    relay.run_bin("relay-compiler", "relay.config.json")

    compiled = {path.name.removesuffix(".graphql.ts") for path in (relay.folder / "compiled").iterdir()}
    assert compiled == {
        "CustomerListPaginationQuery",
        "CustomerListQuery",
        "CustomerListRowQuery",
        "CustomerList_customers",
        "CustomerList_row",
        "InteractionFormHistoryQuery",
        "InteractionFormMutation",
        "InteractionFormNodeQuery",
        "NumbersChangedSubscription",
        "NumbersQuery",
        "Numbers_value",
    }


def test_what_the_schema_lacks_is_refused(relay: Workspace) -> None:
    numbers = relay.folder / "src/Numbers.ts"
    numbers.write_text(numbers.read_text().replace("unit value", "unit worth"))

    with pytest.raises(pytest.fail.Exception, match="has no field `worth`"):
        relay.run_bin("relay-compiler", "relay.config.json")
