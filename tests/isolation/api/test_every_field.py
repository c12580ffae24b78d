"""Every root field, id, filter and mutation of the schema, tried with another brand's token.

All of it is written from the schema by introspection: a new field is tried from the day it is born, and one whose
inputs the generator cannot fill fails here until the generator is taught.
"""

import json
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import ApiKey
from apps.accounts.permissions import Role
from apps.metrics.definitions.registry import FACTS, METRICS
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.schema import served_schema
from cxplatform.ids import uuid7
from cxplatform.tenancy.doors import shared_tx
from tests import cluster
from tests.isolation.api import world
from tests.isolation.api.documents import Operation, Values, codes_of, enum_choices, input_paths, operation

SCALARS: dict[str, Any] = {
    "String": "x", "Int": 1, "Float": 0.5, "Boolean": True, "ID": global_id("Customer", uuid7()), "Decimal": "1.50",
    "DateTime": "2026-03-02T10:00:00-05:00", "Date": "2026-03-02", "JSON": {"a": 1}, "CurrencyCode": "EUR",
    "CountryCode": "US", "UUID": str(uuid7()),
}  # fmt: skip
# Inputs whose meaning the type does not tell: a whole window, a score in range, a zone.
BY_NAME: dict[str, Any] = {
    "from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00", "timeZone": "UTC", "slug": "new-brand",
    "locale": "en", "country": "US", "currency": "EUR", "score": 9, "email": "a@b.example",
    "version": None, "language": "en", "definition": "ZENDESK_ONE_TOUCH",
    "ours": "LEFT_OUT", "theirs": "ABOVE", "opens": "09:00", "closes": "17:00", "holidays": "US",
}  # fmt: skip
SCHEMA = served_schema().core
QUERIES = sorted(SCHEMA.query_type.fields)
MUTATIONS = sorted(SCHEMA.mutation_type.fields)


@pytest.fixture(scope="module")
def twins(django_db_setup, django_db_blocker):
    """Fill both brands once for all tests here: what they compare is the other brand, which none may change."""
    brands = (cluster.ACME, cluster.GLOBEX)
    with django_db_blocker.unblock():
        for brand in brands:
            world.fill(brand)
        yield brands
        cluster.empty_tables()


@pytest.fixture(scope="module")
def people(twins):
    return {(role, brand.slug): world.person(role, brand) for brand in twins for role in Role}


def values(**texts: Any) -> Values:
    return Values(SCALARS, texts, {key: value for key, value in BY_NAME.items() if value is not None})


def send(operation: Operation, token: str, brand: str | None = None) -> tuple[int, Any]:
    """Send an operation and return status and body. Nothing sent here may be our fault, whatever else it is."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
    if brand is not None:
        headers["X-Brand"] = brand
    response = Client().post(
        "/graphql",
        json.dumps({"query": operation.document, "variables": operation.variables}),
        content_type="application/json",
        headers=headers,
    )
    body = json.loads(response.content)
    # What is left to spend changes from one request to the next, whatever was asked.
    body.get("extensions", {}).get("cost", {}).pop("throttle", None)
    # What was executed answers 200, whatever became of its fields.
    assert {"INTERNAL", "UNAVAILABLE"}.isdisjoint(codes_of(body)), response.content
    assert response.status_code < 500, response.content
    return response.status_code, body


def write(
    kind: str,
    name: str,
    *,
    only: str | None = None,
    shown: str | None = None,
    enums: dict[str, str] | None = None,
    **texts: Any,
) -> Operation:
    if kind == "query" and "first" in SCHEMA.query_type.fields[name].args:
        # Half a usual page: with everything below each row a whole one of contacts costs more than an operation may.
        texts = {"first": 10, **texts}
    made = values(**texts)
    made.enums = enums or {}
    return operation(SCHEMA, kind, name, made, only=only, shown=shown)


def ids_of_nodes(brand) -> list[tuple[str, str]]:
    """List (type, global id) of every object of the brand that the schema has a type for."""
    by_model = world.ids_in(brand)
    types = served_schema().nodes
    return [(name, global_id(name, key)) for name in sorted(types) for key in by_model.get(name, [])]


def markers(brand) -> list[str]:
    """List every text and id that only this brand has."""
    keys = [str(key) for keys in world.ids_in(brand).values() for key in keys if len(str(key)) > 30]
    encoded = [identity for _, identity in ids_of_nodes(brand)]
    return [f"only-in-{brand.slug}", *keys, *encoded]


def found_in(body: Any, texts: list[str]) -> list[str]:
    content = json.dumps(body)
    return [text for text in texts if text in content]


# -- what is asked for by name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUERIES)
def test_a_root_field_shows_nothing_of_another_brand(people, twins, name):
    _, globex = twins
    foreign = markers(globex)

    for role in Role:
        _, body = send(write("query", name), people[role, "acme"].token)

        assert found_in(body, foreign) == []


def test_the_generated_queries_really_read(people, twins):
    """Guard the guard: with its own token the same documents show the brand's own marks."""
    own = people[Role.BRAND_ADMIN, "globex"].token
    bodies = {name: send(write("query", name), own)[1] for name in QUERIES}

    shown = {name for name, body in bodies.items() if found_in(body, ["only-in-globex"])}

    assert shown >= {
        "customers", "interactions", "surveys", "surveyResponses", "importJobs", "calendars", "queues", "agents",
        "slaPolicies", "slas", "departments", "brandPromises", "journeys", "walkthroughs",
    }  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_choosing_another_brand_answers_as_for_an_unknown_one(people, twins, name):
    for role in Role:
        token = people[role, "acme"].token

        assert send(write("query", name), token, "globex") == send(write("query", name), token, "no-such-brand")


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_choosing_another_brand_answers_as_for_an_unknown_one_and_writes_nothing(people, twins, name):
    _, globex = twins
    before = world.digest(globex.schema)

    for role in Role:
        token = people[role, "acme"].token
        assert send(write("mutation", name), token, "globex") == send(write("mutation", name), token, "no-such-brand")

    assert world.digest(globex.schema) == before


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_writes_nothing_into_another_brand_and_shows_nothing_of_it(people, twins, name):
    _, globex = twins
    before, foreign = world.digest(globex.schema), markers(globex)

    for role in Role:
        body = send(write("mutation", name), people[role, "acme"].token)[1]
        assert found_in(body, foreign) == []

    assert world.digest(globex.schema) == before


# -- what is asked for by id ------------------------------------------------------------------------------------------

ID_INPUTS = [
    (kind, name, path)
    for kind, names in (("query", QUERIES), ("mutation", MUTATIONS))
    for name in names
    for path, _ in input_paths(SCHEMA, kind, name, {"ID"})
]


def test_there_are_ids_to_try():
    assert ("query", "node", "id") in ID_INPUTS
    assert len(ID_INPUTS) >= 3


@pytest.mark.parametrize(("kind", "name", "path"), ID_INPUTS)
def test_another_brands_id_answers_as_an_unknown_one(people, twins, kind, name, path):
    _, globex = twins
    before = world.digest(globex.schema)
    token = people[Role.BRAND_ADMIN, "acme"].token

    # One of each type: what the type is decides what an input does with an id.
    for type_name, identity in dict(ids_of_nodes(globex)).items():
        foreign = send(write(kind, name, **{path: identity}), token)
        unknown = send(write(kind, name, **{path: global_id(type_name, uuid7())}), token)
        assert foreign == unknown, (kind, name, type_name)

    assert world.digest(globex.schema) == before


@pytest.mark.parametrize("role", [Role.PROVIDER_ADMIN, Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_another_brands_node_answers_every_role_as_an_unknown_one(people, twins, role):
    _, globex = twins
    token = people[role, "acme"].token

    for type_name, identity in ids_of_nodes(globex):
        foreign = send(write("query", "node", only=type_name, id=identity), token)
        unknown = send(write("query", "node", only=type_name, id=global_id(type_name, uuid7())), token)
        assert foreign == unknown, type_name


def test_every_node_type_was_tried(twins):
    _, globex = twins

    assert {type_name for type_name, _ in ids_of_nodes(globex)} == set(served_schema().nodes)


def test_a_brands_own_node_is_found(people, twins):
    _, globex = twins
    viewer = people[Role.BRAND_ADMIN, "globex"]
    token, itself = viewer.token, global_id("Member", viewer.member_id)

    for type_name, identity in ids_of_nodes(globex):
        if type_name == "Member" and identity != itself:
            continue  # a member is shown to itself alone
        status, body = send(write("query", "node", only=type_name, id=identity), token)
        assert (status, "errors" in body) == (200, False), (type_name, body)


# -- what is asked for by filter --------------------------------------------------------------------------------------

# A cursor is not a name: it has a test of its own below.
TEXT_INPUTS = [
    (name, path)
    for name in QUERIES
    for path, _ in input_paths(SCHEMA, "query", name, {"String"})
    if path.rsplit(".", 1)[-1] not in ("after", "before")
]


# What a filter is put to: a metric of every fact, for one fact knows what another does not. Other lists have none.
PER_FACT = [next(metric.key for metric in METRICS.values() if metric.fact is fact) for fact in FACTS]
WORTH_TRYING = {"MetricKey": PER_FACT, "DefinitionSubject": ["FIRST_CONTACT_RESOLUTION", "CSAT"]}
KEYS = ("queue", "agent", "team", "reason", "touchpoint", "survey", "segment", "calendar", "skill", "policy", "journey")


def keys_for(path: str) -> tuple[str, ...]:
    """Return the kinds of keys to filter by: the one an input is named after, all where it is named after none."""
    named = path.rsplit(".", 1)[-1].lower()
    return tuple(key for key in KEYS if named.startswith(key)) or KEYS


@pytest.mark.parametrize(("name", "path"), TEXT_INPUTS)
def test_filtering_by_what_only_another_brand_has_answers_as_for_what_nobody_has(people, twins, name, path):
    _, globex = twins
    token = people[Role.BRAND_ADMIN, "acme"].token
    told = []

    for enums in enum_choices(SCHEMA, name, WORTH_TRYING):
        for key in keys_for(path):
            theirs = f"{key}-{world.mark(globex, 'key')}"
            nobodys = f"{key}-only-in-nowhere-key"
            foreign = send(write("query", name, enums=enums, **{path: theirs}), token)
            unknown = send(write("query", name, enums=enums, **{path: nobodys}), token)
            assert json.dumps(foreign).replace(theirs, "X") == json.dumps(unknown).replace(nobodys, "X")
            told.append("errors" not in foreign[1])

    # Guard the guard: two refusals are equal whatever the filter does.
    assert any(told) or path in REFUSE_WHAT_IS_UNKNOWN or (name, path) in KNOW_NO_ANSWERS, (name, path, foreign)


# These reckon with contacts, which belong to no survey: they refuse any. So does the definition disputed here.
KNOW_NO_ANSWERS = {(name, "where.survey") for name in ("staffing", "surges", "contactCosts", "disputedRecords")}
# Inputs that take one of a few words; any other text is refused before anything is read.
REFUSE_WHAT_IS_UNKNOWN = {"variant", "definition"}


def test_a_filter_that_is_refused_only_for_what_is_unknown_is_never_one_of_rows():
    assert {path for _, path in TEXT_INPUTS if path.startswith("where.")}.isdisjoint(REFUSE_WHAT_IS_UNKNOWN)
    assert ("metric", "where.survey") in TEXT_INPUTS


def test_a_filter_finds_what_the_brand_itself_has(people, twins):
    """Guard the guard: by their own names the rows are found, of every fact that knows the dimension."""
    _, globex = twins
    token = people[Role.BRAND_ADMIN, "globex"].token

    for metric, key in (("VOLUME", "queue"), ("VOLUME", "reason"), ("NPS", "survey"), ("NPS", "queue")):
        given = {f"where.{key}": f"{key}-{world.mark(globex, 'key')}"}
        body = send(write("query", "metric", enums={"MetricKey": metric}, **given), token)[1]
        assert body["data"]["metric"]["sampleSize"] == 1, (metric, key, body)


@pytest.mark.parametrize("name", [name for name in QUERIES if "after" in SCHEMA.query_type.fields[name].args])
def test_another_brands_cursor_shows_nothing_of_it(people, twins, name):
    _, globex = twins
    theirs = write("query", name, first=1, shown="{ edges { cursor } }")
    body = send(theirs, people[Role.BRAND_ADMIN, "globex"].token)[1]
    edges = ((body.get("data") or {}).get(name) or {}).get("edges") or []
    assert edges, f"{name} shows no cursor to try"

    answer = send(write("query", name, after=edges[0]["cursor"]), people[Role.BRAND_ADMIN, "acme"].token)[1]

    assert found_in(answer, [text for text in markers(globex) if text not in edges[0]["cursor"]]) == []


def test_the_shared_plane_changed_only_where_it_was_asked_to(people, twins):
    """A brand's administrator can make and revoke no key but its own brand's."""
    theirs = people[Role.VIEWER, "globex"]
    token = people[Role.BRAND_ADMIN, "acme"].token

    send(write("mutation", "revokeApiKey", **{"input.id": global_id("ApiKey", theirs.key_id)}), token)

    with shared_tx():
        assert ApiKey.objects.get(pk=theirs.key_id).revoked_at is None
