"""Global ids: one answer for what is not there and for what is another's."""

import base64

import pytest

from apps.accounts.permissions import Role
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import customer, interaction

NODE = "query($id: ID!) { node(id: $id) { id __typename } }"


def _id(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_an_object_is_found_by_the_id_it_was_shown_with(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        interaction("i", customer=customer("ann"))
    shown = admin.data("{ interactions { nodes { id customer { id } } } me { id } brand { id } }")
    node = shown["interactions"]["nodes"][0]

    for kind, identity in {
        "Interaction": node["id"],
        "Customer": node["customer"]["id"],
        "Member": shown["me"]["id"],
        "Brand": shown["brand"]["id"],
    }.items():
        assert admin.data(NODE, {"id": identity}) == {"node": {"id": identity, "__typename": kind}}


def test_every_way_of_not_being_there_is_answered_alike(admin: Asker, globex: BrandRef) -> None:
    with brand_tx(globex):
        theirs = customer("ann")
    ids = [
        _id(f"Customer:{theirs.id}"),
        _id(f"Customer:{uuid7()}"),
        _id(f"Interaction:{theirs.id}"),
        _id(f"Unknown:{theirs.id}"),
        _id(f"Brand:{globex.id}"),
        _id(f"Member:{uuid7()}"),
        _id("Customer:1"),
        _id("Customer:" + theirs.id.hex),
        _id("Customer"),
        _id(""),
        _id("PageInfo:" + str(theirs.id)),
    ]

    answers = [admin.ask(NODE, {"id": identity}) for identity in ids]

    assert answers == [answers[0]] * len(ids)
    assert answers[0]["data"] == {"node": None}
    assert answers[0]["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize("identity", ["%", "abc", "é"])
def test_what_is_not_base64_is_bad_input(admin: Asker, identity: str) -> None:
    assert codes(admin.ask(NODE, {"id": identity})) == ["BAD_USER_INPUT"]


def test_a_role_that_may_not_drill_down_is_refused_by_id_too(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        ours = customer("ann")

    viewer = asker(Role.VIEWER)

    assert codes(viewer.ask(NODE, {"id": _id(f"Customer:{ours.id}")})) == ["FORBIDDEN"]
    assert codes(viewer.ask(NODE, {"id": _id(f"Customer:{uuid7()}")})) == ["FORBIDDEN"]
