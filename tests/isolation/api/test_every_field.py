"""Every root field, id and mutation of the schema, tried with another brand's token.

All of it is written from the schema by introspection: a new field is tried from the day it is born, and one whose
inputs the generator cannot fill fails here until the generator is taught.
"""

import pytest
from graphql import parse, validate

from apps.accounts.models import ApiKey
from apps.accounts.permissions import Role
from apps.customers.models import Customer
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.schema import served_schema
from cxplatform.ids import uuid7
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.isolation.api.asking import (
    MUTATIONS,
    QUERIES,
    SCHEMA,
    all_of,
    answers_of_each,
    found_in,
    ids_of_nodes,
    send,
    write,
)
from tests.isolation.api.documents import input_paths

# -- what is asked for by name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUERIES)
def test_a_root_field_shows_nothing_of_another_brand(people, foreign, name):
    operation = write("query", name)

    for role in Role:
        _, body = send(operation, people[role, "acme"].token)

        assert found_in(body, foreign) == []


def test_the_generated_queries_really_read(people, twins):
    """Guard the guard: with its own token the same documents show the brand's own marks."""
    own = people[Role.BRAND_ADMIN, "globex"].token
    bodies = {name: send(write("query", name), own)[1] for name in QUERIES}

    shown = {name for name, body in bodies.items() if found_in(body, ["only-in-globex"])}

    assert shown >= {
        "customers", "interactions", "surveys", "surveyResponses", "importJobs", "calendars", "queues", "agents",
        "slaPolicies", "slas", "departments", "brandPromises", "journeys", "walkthroughs",
        "promiseOutcomes", "handoffs", "goals", "goalGroups",
    }  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_choosing_another_brand_answers_as_for_an_unknown_one(people, twins, name):
    operation = write("query", name)

    for role in Role:
        token = people[role, "acme"].token

        assert send(operation, token, "globex") == send(operation, token, "no-such-brand")


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_choosing_another_brand_answers_as_for_an_unknown_one_and_writes_nothing(
    people, globex_watched, name
):
    operation = write("mutation", name)

    for role in Role:
        token = people[role, "acme"].token
        assert send(operation, token, "globex") == send(operation, token, "no-such-brand")

    assert globex_watched.changed() == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_writes_nothing_into_another_brand_and_shows_nothing_of_it(people, globex_watched, foreign, name):
    operation = write("mutation", name)

    for role in Role:
        body = send(operation, people[role, "acme"].token)[1]
        assert found_in(body, foreign) == []

    assert globex_watched.changed() == []


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


@pytest.mark.parametrize("taken", ID_INPUTS, ids="-".join)
def test_another_brands_id_answers_as_an_unknown_one(people, theirs, globex_watched, taken):
    token = people[Role.BRAND_ADMIN, "acme"].token
    # One of each type: what the type is decides what an input does with an id.
    one_of_each = dict(theirs)

    foreign = answers_of_each(*taken, list(one_of_each.values()), token=token)
    unknown = answers_of_each(*taken, [global_id(type_name, uuid7()) for type_name in one_of_each], token=token)

    assert foreign == unknown
    assert globex_watched.changed() == []


@pytest.mark.parametrize("role", [Role.PROVIDER_ADMIN, Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_another_brands_node_answers_every_role_as_an_unknown_one(people, theirs, role):
    token = people[role, "acme"].token

    for type_name, identity in theirs:
        foreign = send(write("query", "node", only=type_name, id=identity), token)
        unknown = send(write("query", "node", only=type_name, id=global_id(type_name, uuid7())), token)
        assert foreign == unknown, type_name


def test_the_documents_that_ask_often_are_valid():
    """Guard the guard: two refusals of a document that asks for nothing there is are equal."""
    for kind, names in (("query", QUERIES), ("mutation", MUTATIONS)):
        for name in names:
            made = all_of(kind, name, [{}, {}])
            assert validate(SCHEMA, parse(made.document)) == [], made.document


@pytest.mark.parametrize(
    "taken",
    [
        ("query", "customers", "where.id.eq"),
        ("query", "customers", "where.id.oneOf"),
        ("query", "surveyResponses", "where.customer.id.eq"),
        ("mutation", "exportSurveyResponses", "input.where.customer.id.oneOf"),
        ("mutation", "exportSurveyResponses", "input.where.customer.id.eq"),
    ],
    ids="-".join,
)
def test_of_many_ids_given_at_once_one_that_is_the_brands_own_shows(people, twins, taken):
    """Guard the guard, which knows another brand's only by what they show."""
    acme, _ = twins
    token = people[Role.BRAND_ADMIN, "acme"].token
    with brand_tx(acme):
        own = global_id("Customer", Customer.objects.get(external_id="c-1").pk)
    nobodys = [global_id("Customer", uuid7()) for _ in range(36)]

    (told,) = answers_of_each(*taken, [*nobodys, own], token=token)

    nothing, something = (
        ('"rowsAsked": 0', '"rowsAsked": 2') if taken[0] == "mutation" else ('"edges": []', '"cursor": ')
    )
    assert len(told) < 10
    assert [something in answer for answer in told] == [False] * (len(told) - 1) + [True]
    assert all(nothing in answer for answer in answers_of_each(*taken, nobodys, token=token)[0])


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


def test_the_shared_plane_changed_only_where_it_was_asked_to(people, twins):
    """A brand's administrator can make and revoke no key but its own brand's."""
    theirs = people[Role.VIEWER, "globex"]
    token = people[Role.BRAND_ADMIN, "acme"].token

    send(write("mutation", "revokeApiKey", **{"input.id": global_id("ApiKey", theirs.key_id)}), token)

    with shared_tx():
        assert ApiKey.objects.get(pk=theirs.key_id).revoked_at is None
