from datetime import date
from typing import Annotated, Any

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.frictions import inputs, payloads
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, given
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class FrictionMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.ReportFrictionPayload,
        description="Say that it is hard for customers at a touchpoint.",
    )
    def report_friction(
        self, info: Info, input: Annotated[inputs.ReportFrictionInput, INPUT]
    ) -> payloads.ReportFrictionPayload | None:
        said: dict[str, Any] = given(input)
        told = {**said, "note": said.get("note") or ""}
        made = commands.report_friction(actor=viewer_of(info), now=info.context.now, **told)
        return payloads.ReportFrictionPayload(friction=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.ConfirmFrictionPayload,
        description="Say that a friction is one; also of one that was dismissed or resolved.",
    )
    def confirm_friction(
        self, info: Info, input: Annotated[inputs.ConfirmFrictionInput, INPUT]
    ) -> payloads.ConfirmFrictionPayload | None:
        said = given(input)
        judged = commands.Judged(*(_text(said, name) for name in ("title", "category", "severity")))
        confirmed = commands.confirm_friction(**_decided(info, input), judged=judged)
        return payloads.ConfirmFrictionPayload(friction=confirmed)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.DismissFrictionPayload,
        description="Say that a friction is none; what was found comes back only when it is clearly worse.",
    )
    def dismiss_friction(
        self, info: Info, input: Annotated[inputs.DismissFrictionInput, INPUT]
    ) -> payloads.DismissFrictionPayload | None:
        dismissed = commands.dismiss_friction(**_decided(info, input))
        return payloads.DismissFrictionPayload(friction=dismissed)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.StartFrictionPayload,
        description="Make a confirmed friction somebody's task, or another's.",
    )
    def start_friction(
        self, info: Info, input: Annotated[inputs.StartFrictionInput, INPUT]
    ) -> payloads.StartFrictionPayload | None:
        said = given(input)
        due_on = said.get("due_on")
        started = commands.start_friction(
            **_decided(info, input),
            department=_text(said, "department"),
            assignee=_text(said, "assignee"),
            due_on=due_on if isinstance(due_on, date) else None,
        )
        return payloads.StartFrictionPayload(friction=started)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.ResolveFrictionPayload,
        description="Say that a friction is no more, and its task done.",
    )
    def resolve_friction(
        self, info: Info, input: Annotated[inputs.ResolveFrictionInput, INPUT]
    ) -> payloads.ResolveFrictionPayload | None:
        resolved = commands.resolve_friction(**_decided(info, input))
        return payloads.ResolveFrictionPayload(friction=resolved)  # type: ignore[arg-type]  # as above


def _decided(info: Info, input: Any) -> dict[str, Any]:
    """Return what every decision takes: who decides, about what, with which words, and when."""
    note = _text(given(input), "note") or ""
    key = key_of(input.id, "Friction")
    return {"actor": viewer_of(info), "friction_id": key, "note": note, "now": info.context.now}


def _text(said: dict[str, object], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) else None
