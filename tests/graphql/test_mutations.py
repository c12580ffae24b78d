"""Recording, and what a refusal leaves behind: nothing."""

from typing import Any

import orjson
import pytest
from django.utils import timezone

from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Interaction
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.graphql.conftest import Asker, MakeAsker, codes

RECORD_CUSTOMER = """mutation($input: RecordCustomerInput!) { recordCustomer(input: $input) {
  customer { externalId source name country attributes joinedAt } userErrors { code field message } } }"""
RECORD_INTERACTION = """mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
  interaction { externalId channel openedAt direction priority waitSeconds reopenedAt customer { externalId }
    queue { key } agent { key } team { key } reason { path parent { path } } touchpoint { key } subject text }
  userErrors { code field message } } }"""
RECORD_RESPONSE = """mutation($input: RecordSurveyResponseInput!) { recordSurveyResponse(input: $input) {
  surveyResponse { score kind answeredAt comment
    survey { key kind } customer { externalId } interaction { externalId } }
  userErrors { code field message } } }"""


def test_records_a_customer(admin: Asker) -> None:
    given = {
        "externalId": "c1",
        "name": "Ann",
        "country": "DE",
        "attributes": {"tier": [1, None]},
        "joinedAt": "2026-01-01T00:00:00+01:00",
    }

    data = admin.data(RECORD_CUSTOMER, {"input": given})

    assert data["recordCustomer"] == {
        "customer": {
            "externalId": "c1",
            "source": "import",
            "name": "Ann",
            "country": "DE",
            "attributes": {"tier": [1, None]},
            "joinedAt": "2025-12-31T23:00:00+00:00",
        },
        "userErrors": [],
    }


def test_what_is_left_out_stays_and_null_clears(admin: Asker) -> None:
    admin.data(RECORD_CUSTOMER, {"input": {"externalId": "c1", "name": "Ann", "country": "DE"}})

    data = admin.data(RECORD_CUSTOMER, {"input": {"externalId": "c1", "country": None}})

    customer = data["recordCustomer"]["customer"]
    assert (customer["name"], customer["country"]) == ("Ann", None)


def test_records_an_interaction_and_whatever_it_names(admin: Asker) -> None:
    given = {
        "externalId": "i1", "channel": "EMAIL", "openedAt": "2026-03-02T09:00:00Z", "customer": "c1", "queue": "q",
        "agent": "a", "team": "t", "reason": "Billing/Refund", "touchpoint": "checkout", "priority": "HIGH",
        "waitSeconds": 1.5, "reopenedAt": ["2026-03-04T09:00:00Z", "2026-03-03T09:00:00Z"], "subject": "s", "text": "t",
    }  # fmt: skip

    data = admin.data(RECORD_INTERACTION, {"input": given})

    assert data["recordInteraction"] == {
        "interaction": {
            "externalId": "i1",
            "channel": "EMAIL",
            "openedAt": "2026-03-02T09:00:00+00:00",
            "direction": "INBOUND",
            "priority": "HIGH",
            "waitSeconds": 1.5,
            "reopenedAt": ["2026-03-03T09:00:00+00:00", "2026-03-04T09:00:00+00:00"],
            "customer": {"externalId": "c1"},
            "queue": {"key": "q"},
            "agent": {"key": "a"},
            "team": {"key": "t"},
            "reason": {"path": "Billing/Refund", "parent": {"path": "Billing"}},
            "touchpoint": {"key": "checkout"},
            "subject": "s",
            "text": "t",
        },
        "userErrors": [],
    }


def test_records_a_survey_response(admin: Asker) -> None:
    opened = {"externalId": "i1", "channel": "PHONE", "openedAt": "2026-03-02T09:00:00Z"}
    admin.data(RECORD_INTERACTION, {"input": opened})
    given = {
        "survey": "nps", "kind": "NPS", "score": 10, "answeredAt": "2026-03-02T10:00:00Z", "customer": "c1",
        "interaction": "i1", "comment": "good",
    }  # fmt: skip

    data = admin.data(RECORD_RESPONSE, {"input": given})

    assert data["recordSurveyResponse"] == {
        "surveyResponse": {
            "score": 10,
            "kind": "NPS",
            "answeredAt": "2026-03-02T10:00:00+00:00",
            "survey": {"key": "nps", "kind": "NPS"},
            "customer": {"externalId": "c1"},
            "interaction": {"externalId": "i1"},
            "comment": "good",
        },
        "userErrors": [],
    }


@pytest.mark.parametrize(
    ("query", "given", "told"),
    [
        (RECORD_CUSTOMER, {"externalId": " "}, [("REQUIRED", "externalId")]),
        (
            RECORD_CUSTOMER,
            {"externalId": "c", "name": "x" * 201, "country": "Germany"},
            [("TOO_LONG", "name"), ("UNKNOWN_VALUE", "country")],
        ),
        (
            RECORD_INTERACTION,
            {"externalId": "i", "channel": "PHONE", "openedAt": "2026-03-02T09:00:00Z", "waitSeconds": -1},
            [("OUT_OF_RANGE", "waitSeconds")],
        ),
        (
            RECORD_CUSTOMER,
            {"externalId": "c", "joinedAt": "2026-02-01T00:00:00Z", "churnedAt": "2026-01-01T00:00:00Z"},
            [("OUT_OF_RANGE", "churnedAt")],
        ),
        (
            RECORD_RESPONSE,
            {"survey": "s", "kind": "CSAT", "score": 9, "answeredAt": "2026-03-02T10:00:00Z"},
            [("OUT_OF_RANGE", "score")],
        ),
    ],
)
def test_a_value_at_fault_is_told_by_field_and_nothing_is_stored(
    admin: Asker, acme: BrandRef, query: str, given: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    (payload,) = admin.data(query, {"input": given}).values()

    entity, errors = payload.values()
    assert entity is None
    assert [(error["code"], error["field"]) for error in errors] == told
    with brand_tx(acme):
        assert (Customer.objects.count(), Interaction.objects.count()) == (0, 0)


def test_a_message_names_fields_as_the_schema_does(admin: Asker) -> None:
    given = {"externalId": "joined_at", "joinedAt": "2026-02-01T00:00:00Z", "churnedAt": "2026-01-01T00:00:00Z"}

    data = admin.data(RECORD_CUSTOMER, {"input": given})

    assert [error["message"] for error in data["recordCustomer"]["userErrors"]] == ["must not be before joinedAt"]


@pytest.mark.parametrize("number", ["9223372036854775808", "-9223372036854775809", "1" + "0" * 30, "9" * 5_000])
def test_an_integer_of_more_than_64_bits_is_refused_and_not_stored_as_another(
    admin: Asker, acme: BrandRef, number: str
) -> None:
    variables = '{"input": {"externalId": "c", "attributes": {"n": [%s]}}}' % number  # noqa: UP031  # JSON has braces
    body = orjson.dumps({"query": RECORD_CUSTOMER})[:-1] + b', "variables": ' + variables.encode() + b"}"

    response = admin.post(body)

    assert (response.status_code, codes(orjson.loads(response.content))) == (400, ["BAD_USER_INPUT"])
    with brand_tx(acme):
        assert Customer.objects.count() == 0


def test_the_largest_integer_and_long_digits_in_text_are_stored_as_they_are(admin: Asker) -> None:
    attributes = {"n": 2**63 - 1, "low": 1 - 2**63, "text": "9" * 30, "fraction": 0.1}

    data = admin.data(RECORD_CUSTOMER, {"input": {"externalId": "c", "attributes": attributes}})

    assert data["recordCustomer"]["customer"]["attributes"] == attributes


def test_a_failed_mutation_rolls_back_alone(admin: Asker, acme: BrandRef) -> None:
    answer = admin.ask(
        """mutation {
          a: recordCustomer(input: {externalId: "a"}) { customer { externalId } }
          b: recordCustomer(input: {externalId: "b", country: "?"}) { customer { externalId } userErrors { field } }
          c: recordCustomer(input: {externalId: "c"}) { customer { externalId } }
        }"""
    )

    del answer["extensions"]
    assert answer == {
        "data": {
            "a": {"customer": {"externalId": "a"}},
            "b": {"customer": None, "userErrors": [{"field": "country"}]},
            "c": {"customer": {"externalId": "c"}},
        }
    }
    with brand_tx(acme):
        assert sorted(Customer.objects.values_list("external_id", flat=True)) == ["a", "c"]


CREATE_BRAND = """mutation($input: CreateBrandInput!) { createBrand(input: $input) {
  brand { slug status timeZone currency } userErrors { code field message } } }"""


def test_creates_a_brand_that_is_requested(asker: MakeAsker) -> None:
    provider = asker(Role.PROVIDER_ADMIN)

    data = provider.data(
        CREATE_BRAND, {"input": {"slug": "initech", "name": "Initech", "timeZone": "Europe/Paris", "currency": "EUR"}}
    )

    assert data["createBrand"] == {
        "brand": {"slug": "initech", "status": "REQUESTED", "timeZone": "Europe/Paris", "currency": "EUR"},
        "userErrors": [],
    }
    assert [brand["slug"] for brand in provider.data("{ brands { nodes { slug } } }")["brands"]["nodes"]] == [
        "acme",
        "initech",
    ]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"slug": "Not A Slug"}, "BAD_USER_INPUT", "slug"),
        ({"slug": "globex"}, "CONFLICT", "slug"),
        ({"timeZone": "Mars"}, "BAD_USER_INPUT", "timeZone"),
    ],
)
def test_a_brand_that_cannot_be_is_not_made(asker: MakeAsker, changed: dict[str, str], code: str, field: str) -> None:
    given = {"slug": "initech", "name": "Initech", "timeZone": "Europe/Paris"} | changed

    payload = asker(Role.PROVIDER_ADMIN).data(CREATE_BRAND, {"input": given})["createBrand"]

    assert payload["brand"] is None
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [(code, field)]
    with shared_tx():
        assert Brand.objects.count() == 2


def test_a_brands_administrator_makes_no_brands(admin: Asker) -> None:
    answer = admin.ask(CREATE_BRAND, {"input": {"slug": "initech", "name": "I", "timeZone": "UTC"}})

    assert (answer["data"], codes(answer)) == ({"createBrand": None}, ["FORBIDDEN"])


def test_a_key_works_until_it_is_revoked(admin: Asker) -> None:
    made = admin.data(
        """mutation { createApiKey(input: {name: "robot", scope: READ}) {
             token apiKey { id name scope revokedAt } userErrors { code } } }"""
    )["createApiKey"]
    robot = Asker(made["token"])
    before = robot.data("{ me { permissions } }")

    revoked = admin.data(
        "mutation($id: ID!) { revokeApiKey(input: {id: $id}) { apiKey { revokedAt } } }", {"id": made["apiKey"]["id"]}
    )

    assert made["apiKey"] | {"id": ""} == {"id": "", "name": "robot", "scope": "READ", "revokedAt": None}
    assert "RECORD" not in before["me"]["permissions"]
    assert revoked["revokeApiKey"]["apiKey"]["revokedAt"] is not None
    assert codes(robot.ask("{ me { role } }")) == ["UNAUTHENTICATED"]


def test_a_member_that_is_no_id_is_told_by_its_field(admin: Asker) -> None:
    data = admin.data('mutation { createApiKey(input: {name: "n", member: "?"}) { userErrors { code field } } }')

    assert data["createApiKey"]["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "member"}]


def test_another_brands_key_is_not_found(admin: Asker, asker: MakeAsker, globex: BrandRef) -> None:
    theirs = asker(Role.BRAND_ADMIN, brand=globex)
    key = theirs.data('mutation { createApiKey(input: {name: "robot"}) { apiKey { id } } }')["createApiKey"]["apiKey"]

    answer = admin.ask("mutation($id: ID!) { revokeApiKey(input: {id: $id}) { apiKey { id } } }", {"id": key["id"]})

    assert (answer["data"], codes(answer)) == ({"revokeApiKey": None}, ["NOT_FOUND"])
    with shared_tx():
        assert not ApiKey.objects.filter(revoked_at__lte=timezone.now()).exists()
