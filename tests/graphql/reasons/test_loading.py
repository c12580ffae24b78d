"""A starting tree of reasons, loaded beside what is there."""

import json
from pathlib import Path

import pytest

from apps.interactions.models import Reason
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.graphql.reasons.trees import paths, run

FLOWS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "contact_reason_flows.json"


TREE = {"intents": {"flows": ["shipping_issue", "login"], "subflows": {"shipping_issue": ["status", "not_there"]}}}
LOADED = "made known userErrors { code field message }"


def test_a_starting_tree_is_loaded_beside_what_is_there(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    run(admin, "renameReason", id=billing["Login"], name="Access")
    first = run(admin, "loadReasonTree", LOADED, tree=TREE)
    again = run(admin, "loadReasonTree", LOADED, tree=TREE)

    assert (first["made"], first["known"], again["made"], again["known"]) == (3, 1, 0, 4)
    assert [path for path in paths(admin) if not path.startswith("Billing")] == [
        "Access",
        "Shipping issue",
        "Shipping issue/Not there",
        "Shipping issue/Status",
    ]


@pytest.mark.skipif(not FLOWS.exists(), reason=f"the data set {FLOWS.name} is not on this machine")
def test_the_public_flows_load_as_a_starting_tree(admin: Asker) -> None:
    loaded = run(admin, "loadReasonTree", LOADED, tree=json.loads(FLOWS.read_text()))

    assert (loaded["made"], loaded["known"]) == (65, 0)
    assert paths(admin, '(where: {path: {under: "Storewide query"}})') == [
        "Storewide query",
        "Storewide query/Membership",
        "Storewide query/Policy",
        "Storewide query/Pricing",
        "Storewide query/Timing",
    ]


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        "x",
        {},
        {"intents": {"flows": []}},
        {"intents": {"flows": "login"}},
        {"intents": {"flows": [7]}},
        {"intents": {"flows": ["a/b"]}},
        {"intents": {"flows": ["_"]}},
        {"intents": {"flows": ["a" * 101]}},
        {"intents": {"flows": ["a"], "subflows": {"b": ["c"]}}},
        {"intents": {"flows": ["a"], "subflows": {"a": "c"}}},
        {"intents": {"flows": [f"f{n}" for n in range(1_001)]}},
    ],
)
def test_what_is_no_tree_is_refused(admin: Asker, acme: BrandRef, *, tree: object) -> None:
    answer = admin.ask(
        "mutation($input: LoadReasonTreeInput!) { loadReasonTree(input: $input) { made userErrors { code field } } }",
        {"input": {"tree": tree}},
    )

    told = answer.get("data") and answer["data"]["loadReasonTree"]
    assert codes(answer) == ["BAD_USER_INPUT"] or told["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "tree"}]
    with brand_tx(acme):
        assert not Reason.objects.exists()
