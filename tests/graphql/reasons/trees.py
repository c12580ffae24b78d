"""Trees of reasons, made and looked at through the API, written short."""

from datetime import UTC, datetime
from typing import Any

from apps.interactions.imports import INTERACTIONS
from apps.interactions.models import Interaction
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
REASON = "reason { id path name retiredAt parent { path } mergedInto { path } } userErrors { code field message }"


def run(asker: Asker, mutation: str, fields: str = REASON, **given: Any) -> Any:
    """Run a mutation of reasons; `make`, for one, is createReason."""
    kind = mutation[0].upper() + mutation[1:]
    query = f"mutation($input: {kind}Input!) {{ {mutation}(input: $input) {{ {fields} }} }}"
    return asker.data(query, {"input": given})[mutation]


def make(asker: Asker, name: str, parent: str | None = None) -> str:
    made = run(asker, "createReason", name=name, parent=parent)
    assert made["userErrors"] == []
    identity: str = made["reason"]["id"]
    return identity


def refusal(answer: Any) -> tuple[str, str]:
    (error,) = answer["userErrors"]
    assert answer["reason"] is None
    return error["code"], error["field"]


def paths(asker: Asker, where: str = "") -> list[str]:
    listed = asker.data(f"{{ reasons{where} {{ nodes {{ path }} }} }}")["reasons"]["nodes"]
    return [node["path"] for node in listed]


def imported(brand: BrandRef, *paths: str) -> list[str]:
    """Import an interaction for each path, now; return the paths under which they are."""
    rows = [
        {"external_id": f"{path}-{n}", "channel": "PHONE", "opened_at": NOW, "reason": path}
        for n, path in enumerate(paths)
    ]
    with brand_tx(brand):
        outcomes = upsert(INTERACTIONS, rows, now=NOW)
        stored = Interaction.objects.select_related("reason").in_bulk([outcome.id for outcome in outcomes])
        return [stored[outcome.id].reason.path for outcome in outcomes]
