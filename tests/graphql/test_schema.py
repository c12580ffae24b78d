"""What holds for every type and field there is, and will hold for those to come."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
)

from cxplatform.graphql.columns import ColumnSpec, spec_of
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import root_fields
from cxplatform.graphql.schema import served_schema
from cxplatform.privacy.catalogue import described

NAMES_OF_STAFF = {
    "CaseChange.actor_name",
    "ExportJob.asked_by",
    "FollowUp.assignee",
    "Friction.assignee",
    "FrictionChange.actor_name",
    "FrictionChange.note",
    "IdentityChange.actor_name",
    "PromiseStatement.recorded_by",
    "ProactiveRule.approved_by",
    "SegmentVersion.actor_name",
    "Walkthrough.note",
    "Walkthrough.recorded_by",
    "Walkthrough.shopper",
    "WalkthroughScore.note",
}
# Whoever may read the trail or look at single agents may read names too; nobody else sees a row of these.
HELD_BY_THEIR_TYPE = {"Agent.key", "Agent.name", "AuditEvent.actor_name"}


def _named_parts() -> Iterator[tuple[str, str | None]]:
    for named in served_schema().core.type_map.values():
        if is_introspection_type(named):
            continue
        yield named.name, named.description
        if isinstance(named, GraphQLEnumType):
            yield from ((f"{named.name}.{name}", value.description) for name, value in named.values.items())
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in named.fields.items():
                yield f"{named.name}.{name}", field.description
                arguments = getattr(field, "args", {})
                yield from ((f"{named.name}.{name}({key})", value.description) for key, value in arguments.items())


def _directive_parts() -> Iterator[tuple[str, str | None]]:
    for directive in served_schema().core.directives:
        yield f"@{directive.name}", directive.description
        yield from ((f"@{directive.name}({key})", value.description) for key, value in directive.args.items())


def test_everything_is_described() -> None:
    parts = [*_named_parts(), *_directive_parts()]

    assert {"InteractionWhere.NOT", "DateTimeRange.gte", "ChannelFilter", "Query.interactions(where)"} <= dict(
        parts
    ).keys()
    assert [name for name, description in parts if not (description or "").strip()] == []


def test_every_root_field_declares_its_plane_and_who_may_ask() -> None:
    declared = list(root_fields(served_schema().core))

    for_anyone = {field.name for field in declared if field.requires is None}
    assert for_anyone <= {"me", "brand", "brands", "node", "metricDefinitions"}
    assert {field.plane for field in declared if field.operation == "mutation"} == {Plane.SHARED, Plane.BRAND}


def test_root_query_and_mutation_fields_are_nullable() -> None:
    core = served_schema().core
    required = [
        name
        for root in (core.query_type, core.mutation_type)
        for name, field in (root.fields.items() if root else ())
        if str(field.type).endswith("!")
    ]

    assert required in ([], ["metricDefinitions"])


def test_every_stored_node_says_itself_which_rows_a_viewer_may_see() -> None:
    stored = [node for node in served_schema().nodes.values() if issubclass(node, Stored)]

    assert len(stored) >= 12
    for node in stored:
        assert "get_queryset" in vars(node), node
        assert node.requires, node


def test_personal_data_declares_its_permission_as_the_catalogue_has_it() -> None:
    """What `tests/architecture/test_personal_columns.py` makes everybody tag is what needs leave to be read."""
    shown = [
        (node.__name__, node.__strawberry_django_definition__.model, field.python_name, spec_of(field))
        for node in served_schema().nodes.values()
        if issubclass(node, Stored)
        for field in node.__strawberry_definition__.fields  # type: ignore[attr-defined]  # every type has one
    ]
    tagged = {(its.model, name) for its in described() for name, tag in its.tags.items() if tag.needs_leave}
    personal = {f"{node}.{name}" for node, model, name, _ in shown if (model, name) in tagged}
    guarded = {
        f"{node}.{name}"
        for node, _, name, spec in shown
        if isinstance(spec, ColumnSpec) and spec.requires == "PERSONAL_DATA"
    }

    assert personal == {
        "Customer.name",
        "Customer.email",
        "Customer.phone",
        "Customer.attributes",
        "CustomerIdentity.name",
        "CustomerIdentity.email",
        "CustomerIdentity.phone",
        "Interaction.subject",
        "Interaction.text",
        "SurveyResponse.comment",
        "TouchpointEvent.attributes",
        "Message.text",
        "MediaReference.url",
        "PromiseStatement.note",
        "FeedbackItem.text",
        "FollowUp.note",
        *NAMES_OF_STAFF,
        *HELD_BY_THEIR_TYPE,
    }
    assert guarded == personal - HELD_BY_THEIR_TYPE
    assert guarded >= {"Customer.name", "Interaction.text", "SurveyResponse.comment", "MediaReference.url"}


def test_mutations_take_one_input_and_return_user_errors() -> None:
    mutation = served_schema().core.mutation_type
    assert mutation is not None

    for name, field in mutation.fields.items():
        assert list(field.args) == ["input"], name
        assert str(field.args["input"].type) == f"{name[0].upper()}{name[1:]}Input!"
        assert str(field.type.fields["userErrors"].type) == "[UserError!]!"  # type: ignore[union-attr]  # a payload is an object


def test_the_committed_schema_is_the_served_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export_graphql_schema", check=True)


def test_a_drift_is_noticed(tmp_path: object) -> None:
    stale = f"{tmp_path}/schema.graphql"
    call_command("export_graphql_schema", output=stale)
    with open(stale, "a") as file:
        file.write("# changed by hand\n")

    with pytest.raises(CommandError, match="differs"):
        call_command("export_graphql_schema", output=stale, check=True)
