"""Deciding about cases through the API."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import Case
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.interactions.cases.stored import case_of, contact, join_all

MERGE = """mutation($input: MergeCasesInput!) { mergeCases(input: $input) {
  case { id contacts byHand } userErrors { code field message } } }"""


@pytest.fixture
def ids(db: None, acme: BrandRef) -> dict[str, str]:
    """Two cases of Ann's, of the contacts 1 and 2, and 3; by the names of their contacts the contacts."""
    with brand_tx(acme):
        made = {name: contact(name, days) for name, days in (("1", 0), ("2", 1), ("3", 30))}
        join_all()
        cases = {"case": case_of(made["1"]), "other": case_of(made["3"])}
    return {name: global_id("Interaction", each.pk) for name, each in made.items()} | {
        name: global_id("Case", each) for name, each in cases.items()
    }


def merge(asker: Asker, ids: dict[str, str], into: str = "case", what: str = "other") -> dict[str, Any]:
    return asker.ask(MERGE, {"input": {"cases": [ids[what]], "into": ids[into]}})


def test_a_merged_case_is_found_by_its_id_as_what_it_was_merged_into_with_its_history(
    admin: Asker, ids: dict[str, str]
) -> None:
    merged = merge(admin, ids)["data"]["mergeCases"]
    asked = admin.data(
        """query($id: ID!) { cases { totalCount } node(id: $id) { id ... on Case { contacts
          history { nodes { kind came contacts actorName otherCase interaction { id } case { id } } } } } }""",
        {"id": ids["other"]},
    )

    assert merged == {"case": {"id": ids["case"], "contacts": 3, "byHand": True}, "userErrors": []}
    assert asked["cases"] == {"totalCount": 1}
    (change,) = asked["node"]["history"]["nodes"]
    assert (asked["node"]["id"], asked["node"]["contacts"]) == (ids["case"], 3)
    assert change.pop("actorName")
    assert change == {
        "kind": "MERGED", "came": True, "contacts": 1, "otherCase": ids["other"], "interaction": None,
        "case": {"id": ids["case"]},
    }  # fmt: skip


def test_a_contact_is_split_off_moved_and_released(admin: Asker, ids: dict[str, str]) -> None:
    split = admin.data(
        """mutation($case: ID!, $off: [ID!]!) { splitCase(input: {case: $case, interactions: $off}) {
          case { id contacts } newCase { id contacts } userErrors { code } } }""",
        {"case": ids["case"], "off": [ids["2"]]},
    )["splitCase"]
    moved = admin.data(
        """mutation($one: ID!, $case: ID!) { moveInteraction(input: {interaction: $one, case: $case}) {
          case { id interactions { nodes { id } } } userErrors { code } } }""",
        {"one": ids["2"], "case": ids["other"]},
    )["moveInteraction"]
    released = admin.data(
        """mutation($case: ID!) { releaseCase(input: {case: $case}) {
          case { id contacts byHand } userErrors { code } } }""",
        {"case": ids["other"]},
    )["releaseCase"]

    told = admin.data(
        "query($id: ID!) { node(id: $id) { ... on Case { history { nodes { kind came otherCase } } } } }",
        {"id": ids["other"]},
    )["node"]["history"]["nodes"]

    assert [(each["kind"], each["came"], each["otherCase"]) for each in told] == [
        ("RELEASED", False, ids["case"]), ("RELEASED", None, None), ("MERGED", True, split["newCase"]["id"]),
        ("SPLIT", True, ids["case"]),
    ]  # fmt: skip
    assert (split["case"], split["newCase"]["contacts"]) == ({"id": ids["case"], "contacts": 1}, 1)
    assert moved["case"]["id"] == ids["other"]
    assert {each["id"] for each in moved["case"]["interactions"]["nodes"]} == {ids["2"], ids["3"]}
    # Its first contact follows the one before it again, which still is where somebody put it.
    assert released["case"] == {"id": ids["case"], "contacts": 2, "byHand": True}


def test_whoever_merges_what_was_merged_elsewhere_is_told(admin: Asker, acme: BrandRef, ids: dict[str, str]) -> None:
    merge(admin, ids)

    again, back = merge(admin, ids), merge(admin, ids, into="other", what="case")

    assert again["data"]["mergeCases"]["userErrors"] == []
    (refused,) = back["data"]["mergeCases"]["userErrors"]
    assert (refused["code"], refused["field"]) == ("CONFLICT", "into")
    with brand_tx(acme):
        assert Case.objects.get().contacts == 3


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_record_decides_nothing(asker: MakeAsker, ids: dict[str, str], role: Role) -> None:
    assert codes(merge(asker(role), ids)) == ["FORBIDDEN"]


def test_an_agent_that_worked_on_none_finds_none(asker: MakeAsker, ids: dict[str, str]) -> None:
    agent = asker(Role.AGENT)

    assert codes(merge(agent, ids)) == ["NOT_FOUND"]
    assert codes(agent.ask("query($id: ID!) { node(id: $id) { id } }", {"id": ids["case"]})) == ["NOT_FOUND"]


def test_another_brands_cases_are_not_found(asker: MakeAsker, globex: BrandRef, ids: dict[str, str]) -> None:
    stranger = asker(Role.BRAND_ADMIN, brand=globex)

    assert codes(merge(stranger, ids)) == ["NOT_FOUND"]
