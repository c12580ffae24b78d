"""Every root field of a brand's plane, asked by the provider's people: one row each, that names it. Else none."""

import inspect
import re
from argparse import ArgumentParser
from importlib import import_module
from types import ModuleType

import orjson
import pytest
from django.core.management import get_commands, load_command_class
from django.test import Client
from graphql import OperationType, get_named_type, is_composite_type

from apps.accounts.permissions import Role
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import look
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.graphql.roots import root_fields
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.brand import BrandRef
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker
from tests.isolation.api.asking import SCHEMA, send, values
from tests.isolation.api.documents import together

# A node is looked for behind the brand's door.
ROOTS = [(root.operation, root.name, root.plane in (Plane.BRAND, Plane.NODE)) for root in root_fields(SCHEMA)]


def ask_for_every_root_field(who: Asker) -> None:
    """Ask under another name: the trail must not be told what the caller likes to call it."""
    assert who.token is not None
    bound = Credential(f"Bearer {who.token}", "acme", None).bind()
    for kind, name, _ in ROOTS:
        asked = together(SCHEMA, kind, name, [values(first=1)], _least(kind, name))
        if kind == "subscription":
            look(GraphQLRequest(asked.document, asked.variables, None), bound)
        else:
            status, answer = send(asked, who.token, "acme")
            assert status == 200, (name, answer)


def _least(kind: str, name: str) -> str:
    """Select as little as may be: a row is written for what is asked, whatever is answered."""
    root_type = SCHEMA.get_root_type(OperationType(kind))
    assert root_type is not None
    return " { __typename }" if is_composite_type(get_named_type(root_type.fields[name].type)) else ""


def accesses(brand: BrandRef) -> list[tuple[str, str, list[str]]]:
    """List the accesses of a trail: whose, of which kind, and which root fields they name."""
    return [
        (event.actor_role, event.object_type.lower(), orjson.loads(event.after)["fields"])
        for event in trail(brand)
        if event.action == "access"
    ]


def test_a_supervisor_leaves_one_row_that_names_the_field_for_each_of_the_brands_and_none_for_shared_ones(
    asker: MakeAsker, acme: BrandRef, globex: BrandRef
) -> None:
    ask_for_every_root_field(asker(Role.SUPERVISOR, brands=(acme, globex)))

    assert accesses(acme) == [("SUPERVISOR", kind, [name]) for kind, name, reaches in ROOTS if reaches]
    assert accesses(globex) == []


@pytest.mark.parametrize("role", [Role.BRAND_ADMIN, Role.VIEWER])
def test_the_brands_own_people_leave_none(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    ask_for_every_root_field(asker(role))

    assert accesses(acme) == []


def test_the_fields_tried_are_of_every_kind_and_plane() -> None:
    assert {(kind, reaches) for kind, _, reaches in ROOTS} >= {
        ("query", True), ("query", False), ("mutation", True), ("mutation", False), ("subscription", True),
    }  # fmt: skip
    assert {name for _, name, _ in ROOTS} >= set(served_schema().core.query_type.fields) - {"__typename"}


@pytest.mark.parametrize(("role", "told"), [(Role.SUPERVISOR, True), (Role.BRAND_ADMIN, False)])
def test_each_request_to_import_is_told_of_the_providers_people_alone(
    asker: MakeAsker, acme: BrandRef, role: Role, told: bool
) -> None:
    headers = {"Authorization": f"Bearer {asker(role).token}", "X-Brand": "acme"}
    requests = ["POST /import/customers", "GET /import/jobs/x", "GET /import/jobs/x/rejects"]

    for request in requests:
        Client().generic(*request.split(), b"external_id\nc-1\n", content_type="text/csv", headers=headers)

    labels = [event.object_label for event in trail(acme) if event.action == "access"]
    assert labels == (requests if told else [])


# They read a trail, or say in the shared plane who may work where.
_AT_NO_BRANDS_ROWS = {"verify_audit", "add_member", "grant_brand"}


def test_every_command_that_is_given_a_brand_is_told_before_it_reaches_in() -> None:
    ours = [name for name, app in get_commands().items() if str(app).startswith(("apps.", "cxplatform."))]
    given_one = {name for name in ours if any(action.dest == "brand" for action in _parser(name)._actions)}

    told = {name for name in given_one if re.search(_TELLS, inspect.getsource(_module(name)))}

    assert given_one - told == _AT_NO_BRANDS_ROWS
    assert told >= {"import_rows", "rebuild_metrics", "load_reasons", "link_agent", "export_customer", "adapt"}


# `adapt` makes files, and has `import_rows` load them.
_TELLS = r'record_access\(|call_command\("import_rows"'


def _module(name: str) -> ModuleType:
    return import_module(f"{get_commands()[name]}.management.commands.{name}")


def _parser(name: str) -> ArgumentParser:
    return load_command_class(get_commands()[name], name).create_parser("manage.py", name)
