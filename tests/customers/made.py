"""What mutations about customers are given, made through the API."""

from typing import Any

from tests.graphql.conftest import Asker

RECORD = """mutation($input: RecordCustomerInput!) { recordCustomer(input: $input) { customer { id } } }"""
MERGE = """mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { userErrors { code } } }"""


def customer(admin: Asker, name: str) -> str:
    made = admin.data(RECORD, {"input": {"externalId": name, "source": "crm"}})
    return str(made["recordCustomer"]["customer"]["id"])


def merged(admin: Asker) -> str:
    """Make a customer that was merged into another; return the id that it had."""
    ids = {"survivor": customer(admin, "stays"), "merged": customer(admin, "merged")}
    assert admin.data(MERGE, {"input": ids})["mergeCustomers"]["userErrors"] == []
    return ids["merged"]


def segment(admin: Asker) -> str:
    made = admin.data('mutation { createSegment(input: {key: "old", rules: {country: ["DE"]}}) { segment { id } } }')
    return str(made["createSegment"]["segment"]["id"])


def filled(given: dict[str, Any], admin: Asker) -> dict[str, Any]:
    """Return a mutation's input with the ids of what is made for it."""
    return {
        field: MADE[value](admin) if isinstance(value, str) and value in MADE else value
        for field, value in given.items()
    }


MADE: dict[str, Any] = {
    "customer": lambda admin: customer(admin, "ann"),
    "other customer": lambda admin: customer(admin, "bob"),
    "merged customer": merged,
    "segment": segment,
}
