"""What shows a friction: rows of this app and of those above it, found by their node types."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.journeys import models
from apps.journeys.commands.proposing import MOST_EVIDENCE
from apps.journeys.graphql.frictions.enums import EvidenceKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.nodes import Node, Stored, read_within
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.schema import served_schema
from cxplatform.graphql.siblings import keep_together, selection_key, siblings_of

_SHOWN_AS: Final = {
    "TOUCHPOINT_EVENT": "TouchpointEvent",
    "SURVEY_RESPONSE": "SurveyResponse",
    "INTERACTION": "Interaction",
}


def _what(root: strawberry.Parent[Any], info: Info) -> Node | None:
    def fetch(members: Sequence[Any]) -> dict[UUID, Any]:
        found: dict[UUID, Any] = {}
        for kind in {each.kind for each in members}:
            node = served_schema().nodes[_SHOWN_AS[kind]]
            assert issubclass(node, Stored), "what shows a friction is a row"
            keys = {each.object_id for each in members if each.kind == kind}
            rows = node.load(node.visible(info).filter(pk__in=keys), info._raw_info)
            found |= {row.pk: row for row in rows}
        return found

    loaded: dict[UUID, Any] = siblings_of(root).load(("what", selection_key(info._raw_info)), fetch)
    return loaded.get(root.object_id)


@strawberry.type(description="A row that shows a friction.")
class FrictionEvidence:
    kind: EvidenceKind = column("What it is.")
    at: datetime = column("When it happened.")
    what: Node | None = strawberry.field(
        resolver=_what,
        description="The row; null when it is gone or you may not see it.",
        metadata=priced(Price(each=1, rows=True)),
    )


def _evidence(root: strawberry.Parent[Any], info: Info) -> Any:
    info.context.require(Permission.DRILL_DOWN)

    def fetch(members: Sequence[Any]) -> dict[UUID, list[Any]]:
        keys = [each.pk for each in members]
        rows = read_within(
            models.FrictionEvidence.objects.filter(friction__in=keys).order_by("-at", "id"), info.context
        )
        keep_together(rows)
        found: dict[UUID, list[Any]] = {}
        for row in rows:
            found.setdefault(row.friction_id, []).append(row)
        return found

    return siblings_of(root).load(("evidence", selection_key(info._raw_info)), fetch).get(root.pk, [])


EVIDENCE: Final[Any] = strawberry.field(
    resolver=_evidence,
    description=f"What shows it: up to {MOST_EVIDENCE} rows of what was counted last, the newest first.",
    metadata=priced(Price(1, each=1, times=MOST_EVIDENCE, rows=True)),
)
