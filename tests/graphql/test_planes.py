"""Which door an operation runs in, and what happens without a brand."""

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import Asker, MakeAsker, codes


@pytest.fixture
def traveller(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> Asker:
    """Somebody of the provider who has two brands and has chosen none."""
    return asker(Role.PROVIDER_ADMIN, brands=(acme, globex))


def test_the_viewers_own_fields_need_no_brand(traveller: Asker) -> None:
    data = traveller.data("{ me { role } brand { slug } brands { nodes { slug status } totalCount } }")

    assert data == {
        "me": {"role": "PROVIDER_ADMIN"},
        "brand": None,
        "brands": {
            "nodes": [{"slug": "acme", "status": "ACTIVE"}, {"slug": "globex", "status": "ACTIVE"}],
            "totalCount": 2,
        },
    }


def test_brand_fields_alone_require_a_brand(traveller: Asker) -> None:
    response = traveller.post(orjson.dumps({"query": "{ customers { totalCount } interactions { totalCount } }"}))

    assert response.status_code == 400
    assert codes(orjson.loads(response.content)) == ["BRAND_REQUIRED"]


def test_brand_fields_among_others_are_null_without_a_brand(traveller: Asker) -> None:
    answer = traveller.ask("{ me { role } customers { totalCount } }")

    assert answer["data"] == {"me": {"role": "PROVIDER_ADMIN"}, "customers": None}
    assert codes(answer) == ["BRAND_REQUIRED"]


def test_the_header_chooses_the_brand(traveller: Asker) -> None:
    traveller.brand = "globex"

    assert traveller.data("{ brand { slug timeZone currency } customers { totalCount } }") == {
        "brand": {"slug": "globex", "timeZone": "Europe/Berlin", "currency": "EUR"},
        "customers": {"totalCount": 0},
    }


MIXED = """mutation {
  createApiKey(input: {name: "x"}) { token }
  ...Inside
}
fragment Inside on Mutation { recordCustomer(input: {externalId: "c"}) { customer { id } } }"""


def test_one_mutation_changes_brands_or_what_is_inside_one(traveller: Asker) -> None:
    traveller.brand = "acme"

    answer = traveller.ask(MIXED)

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert "data" not in answer
    assert traveller.data("{ customers { totalCount } }") == {"customers": {"totalCount": 0}}


def test_a_skipped_field_still_decides_the_door(traveller: Asker) -> None:
    traveller.brand = "acme"

    data = traveller.data(
        "query($no: Boolean!) { me { role } customers @include(if: $no) { totalCount } }", {"no": False}
    )

    assert data == {"me": {"role": "PROVIDER_ADMIN"}}


def test_a_brands_node_is_found_without_a_brand_and_a_customers_is_not(traveller: Asker) -> None:
    brand = traveller.data("{ brands(first: 1) { nodes { id slug } } }")["brands"]["nodes"][0]

    found = traveller.data("query($id: ID!) { node(id: $id) { id ... on Brand { slug } } }", {"id": brand["id"]})
    answer = traveller.ask('{ node(id: "Q3VzdG9tZXI6MDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDBhYzNl") { id } }')

    assert found == {"node": brand}
    assert answer["data"] == {"node": None}
    assert codes(answer) == ["BRAND_REQUIRED"]
