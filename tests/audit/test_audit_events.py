"""The trail as GraphQL shows it: to a brand its own, to the provider its own, and to nobody another's."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.global_ids import read_global_id
from cxplatform.tenancy.brand import BrandRef
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes

EVENTS = """query ($first: Int, $after: String, $where: AuditEventWhere) {
  auditEvents(first: $first, after: $after, where: $where) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id sequence action actorName actorRole ofProvider objectType objectLabel before after hash } } }"""
PROVIDERS = """query ($where: AuditEventWhere) {
  providerAuditEvents(where: $where, first: 100) { nodes { action objectLabel before after } } }"""
RECORD = """mutation ($input: RecordCustomerInput!) {
  recordCustomer(input: $input) { customer { id } userErrors { code } } }"""


@pytest.fixture
def told(admin: Asker, asker: MakeAsker) -> Asker:
    """The brand's administrator, after two changes of its own and a read by the provider."""
    for segment in ("gold", "silver"):
        admin.data(RECORD, {"input": {"externalId": "c-1", "name": "Ada", "segment": segment}})
    asker(Role.SUPERVISOR).data("query Curious { customers { totalCount } }")
    return admin


@pytest.fixture
def admin(asker: MakeAsker) -> Asker:
    return asker(Role.BRAND_ADMIN)


def test_a_brand_sees_its_trail_newest_first_with_every_access_of_the_provider(told: Asker) -> None:
    shown = told.data(EVENTS)["auditEvents"]["nodes"]

    assert [(event["sequence"], event["action"], event["ofProvider"]) for event in shown] == [
        (3, "access", True),
        (2, "record_customer", False),
        (1, "record_customer", False),
    ]
    assert (shown[0]["actorRole"], shown[0]["objectLabel"]) == ("SUPERVISOR", "Curious")
    assert shown[0]["after"] == {"fields": ["customers"]}
    assert (shown[1]["before"], shown[1]["after"]) == ({"segment": "gold"}, {"segment": "silver"})
    assert shown[2]["after"] == {"name": "(personal)", "segment": "gold"}


def test_a_trail_is_paged_and_narrowed(told: Asker) -> None:
    first = told.data(EVENTS, {"first": 1, "where": {"action": {"eq": "record_customer"}}})["auditEvents"]
    cursor = first["pageInfo"]["endCursor"]
    rest = told.data(EVENTS, {"first": 5, "after": cursor, "where": {"ofProvider": {"eq": False}}})["auditEvents"]

    assert (first["totalCount"], [event["sequence"] for event in first["nodes"]]) == (2, [2])
    assert [event["sequence"] for event in rest["nodes"]] == [1]


def test_an_event_is_found_again_by_its_id(told: Asker, acme: BrandRef) -> None:
    (newest, *_) = told.data(EVENTS)["auditEvents"]["nodes"]

    found = told.data("query ($id: ID!) { node(id: $id) { ... on AuditEvent { hash } } }", {"id": newest["id"]})

    assert found == {"node": {"hash": newest["hash"]}}
    assert read_global_id(newest["id"]) == ("AuditEvent", trail(acme)[-1].id)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.AGENT])
def test_who_does_not_manage_reads_no_trail(asker: MakeAsker, role: Role) -> None:
    member = asker(role)

    assert codes(member.ask(EVENTS)) == ["FORBIDDEN"]
    assert codes(member.ask(PROVIDERS)) == ["FORBIDDEN"]


def test_a_brand_sees_of_the_providers_trail_what_is_about_it_alone(
    asker: MakeAsker, acme: BrandRef, globex: BrandRef
) -> None:
    admin = asker(Role.BRAND_ADMIN)
    asker(Role.SUPERVISOR, brands=(acme, globex))
    asker(Role.BRAND_ADMIN, brand=globex)

    shown = [event["action"] for event in admin.data(PROVIDERS)["providerAuditEvents"]["nodes"]]

    # Not that somebody works in two brands, nor the key of one who does: only that it was let into this one.
    assert shown == ["grant_brand", "issue_key", "add_member"]


def test_the_provider_sees_what_is_about_its_brands(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> None:
    both, one = asker(Role.PROVIDER_ADMIN, brands=(acme, globex)), asker(Role.PROVIDER_ADMIN, brands=(acme,))

    def seen(by: Asker) -> list[Any]:
        return [event["action"] for event in by.data(PROVIDERS)["providerAuditEvents"]["nodes"]]

    assert seen(both) == [
        "issue_key",
        "grant_brand",
        "add_member",
        "issue_key",
        "grant_brand",
        "grant_brand",
        "add_member",
    ]
    assert seen(one) == ["issue_key", "grant_brand", "add_member", "grant_brand"]


def test_both_trails_are_two_operations(asker: MakeAsker) -> None:
    answer = asker(Role.BRAND_ADMIN).ask("{ auditEvents { totalCount } providerAuditEvents { totalCount } }")

    assert codes(answer) == ["BAD_USER_INPUT"]
