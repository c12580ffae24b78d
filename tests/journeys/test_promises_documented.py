"""docs/promises.md asks what can be asked: every example is sent as it is there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from apps.journeys.models import BrandPromise, Department
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.journeys.ledger import START

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "promises.md"
_EXAMPLE = re.compile(r"```graphql\n(?P<query>.*?)```(?:\n\n```json\n(?P<variables>.*?)```)?", re.DOTALL)
EXAMPLES = [(each["query"], json.loads(each["variables"] or "null")) for each in _EXAMPLE.finditer(_PAGE.read_text())]


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize(("query", "variables"), EXAMPLES)
def test_an_example_is_answered(admin: Asker, acme: BrandRef, query: str, variables: Any) -> None:
    with brand_tx(acme):
        policy = Department.objects.create(key="Customer policy", name="Policy", created_at=START)
        BrandPromise.objects.create(
            key="returns-in-plain-words", text="Plain", criterion="BY_HAND", maker=policy, created_at=START
        )

    answer = admin.ask(query, variables)

    # What is named by an id that is nobody's is not there; nothing else is wrong.
    assert codes(answer) == (["NOT_FOUND"] if variables else [])
    assert all(
        not (field or {}).get("userErrors") for field in (answer["data"] or {}).values() if isinstance(field, dict)
    )
