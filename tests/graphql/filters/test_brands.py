"""Brands are filtered in memory, and mean the same by it."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import MakeAsker

ASK = "query($where: BrandWhere) { brands(where: $where) { totalCount nodes { slug } } }"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, ["acme", "globex"]),
        ({"slug": {"eq": "acme"}}, ["acme"]),
        ({"slug": {"oneOf": ["globex", "none such"]}}, ["globex"]),
        ({"name": {"contains": "LOB"}}, ["globex"]),
        ({"status": {"eq": "SUSPENDED"}}, []),
        ({"NOT": {"slug": {"eq": "acme"}}}, ["globex"]),
        (
            {"OR": [{"slug": {"eq": "acme"}}, {"name": {"eq": "Globex"}}], "status": {"oneOf": ["ACTIVE"]}},
            ["acme", "globex"],
        ),
        ({"AND": [{"slug": {"eq": "acme"}}, {"name": {"eq": "Globex"}}]}, []),
        ({"OR": []}, []),
        ({"NOT": {}}, []),
        ({"vertical": {"isNull": True}}, []),
    ],
)
def test_brands_are_narrowed(
    asker: MakeAsker, acme: BrandRef, globex: BrandRef, where: dict[str, Any], expected: list[str]
) -> None:
    page = asker(Role.SUPERVISOR, brands=(acme, globex)).data(ASK, {"where": where})["brands"]

    assert page == {"totalCount": len(expected), "nodes": [{"slug": slug} for slug in expected]}


def test_another_brand_is_not_found_by_its_name(asker: MakeAsker) -> None:
    page = asker(Role.BRAND_ADMIN).data(ASK, {"where": {"OR": [{"slug": {"eq": "globex"}}]}})["brands"]

    assert page == {"totalCount": 0, "nodes": []}
