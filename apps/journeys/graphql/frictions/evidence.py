"""`Friction.evidence`. Imported by `showing` alone, once every app has said what shows a friction."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Optional, Union
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.journeys import models
from apps.journeys.commands.proposing import MOST_EVIDENCE
from apps.journeys.graphql.frictions.enums import EvidenceKind
from apps.journeys.graphql.frictions.showing import SHOWN_AS
from apps.journeys.graphql.frictions.types import Friction
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.nodes import read_within
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.registry import extend
from cxplatform.graphql.siblings import keep_together, selection_key, siblings_of

if TYPE_CHECKING:
    FrictionShown = Any
else:
    FrictionShown = Annotated[
        Union[tuple(SHOWN_AS.values())],  # noqa: UP007  # of as many as there are
        strawberry.union("FrictionShown", description="What shows a friction; which type follows from the kind."),
    ]


def _what(root: strawberry.Parent[Any], info: Info) -> object:
    def fetch(members: Sequence[Any]) -> dict[UUID, Any]:
        found: dict[UUID, Any] = {}
        for kind in {each.kind for each in members}:
            node, keys = SHOWN_AS[kind], {each.object_id for each in members if each.kind == kind}
            rows = node.load(node.visible(info).filter(pk__in=keys), info._raw_info)
            found |= {row.pk: row for row in rows}
        return found

    loaded: dict[UUID, Any] = siblings_of(root).load(("what", selection_key(info._raw_info)), fetch)
    return loaded.get(root.object_id)


@strawberry.type(description="A row that shows a friction.")
class FrictionEvidence:
    kind: EvidenceKind = column("What it is.")
    at: datetime = column("When it happened.")
    what: Optional[FrictionShown] = strawberry.field(  # noqa: UP045  # known at run time only
        resolver=_what, description="The row; null when it is gone or you may not see it."
    )


def _evidence(root: strawberry.Parent[Any], info: Info) -> object:
    info.context.require(Permission.DRILL_DOWN)

    def fetch(members: Sequence[Any]) -> dict[UUID, list[Any]]:
        shown = models.FrictionEvidence.objects.filter(friction__in=[each.pk for each in members])
        rows = read_within(shown.order_by("-at", "id"), info.context)
        keep_together(rows)
        found: dict[UUID, list[Any]] = {}
        for row in rows:
            found.setdefault(row.friction_id, []).append(row)
        return found

    found: dict[UUID, Any] = siblings_of(root).load(("evidence", selection_key(info._raw_info)), fetch)
    return found.get(root.pk, [])


extend(
    Friction,
    "evidence",
    list[FrictionEvidence] | None,
    strawberry.field(
        resolver=_evidence,
        description=f"What shows it: up to {MOST_EVIDENCE} rows of what was counted last, the newest first.",
        metadata=priced(Price(1, each=1, times=MOST_EVIDENCE, rows=True)),
    ),
)
