"""What is asked of versions: how two differ, what one lacks, how it looks."""

from typing import Annotated
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.journeys import comparing, linting
from apps.journeys.graphql.mapping.enums import JourneyChangeKind, JourneyChangeSubject, JourneyFindingCode
from apps.journeys.graphql.mapping.types import JourneyVersion
from apps.journeys.models import JourneyVersion as Row
from apps.journeys.picture.drawing import draw
from apps.journeys.picture.shown import shown_of
from apps.journeys.sketches import sketch_of
from cxplatform.errors import BadInput, NotFound
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

# Whole versions are read: 200 touchpoints, and for a picture what happened at them in four weeks.
_TWO_VERSIONS, _A_LINT, _A_PICTURE = Price(40), Price(60), Price(150)

VersionId = Annotated[strawberry.ID, strawberry.argument(description="The version's global id.")]


@strawberry.type(description="A difference between two versions of a journey.")
class JourneyChange:
    kind: JourneyChangeKind = column("What became of it.")
    subject: JourneyChangeSubject = column("Whether it is a stage or a touchpoint.")
    key: str = column("Its key.")
    field: str | None = column("What changed; of what moved, `stage` or, within one, `position` from 1 on.")
    before: str | None = column("What that was.")
    after: str | None = column("What it is.")


@strawberry.type(description="Something that a version of a journey lacks.")
class JourneyFinding:
    code: JourneyFindingCode = column("What is lacking, for a program.")
    message: str = column("What is lacking, for a person.")
    stage: str | None = column("The stage it is about, by key.")
    touchpoint: str | None = column("The touchpoint it is about, by key.")


def _version(info: Info, identity: str, field: str) -> Row:
    key: UUID = key_of(identity, "JourneyVersion", field=field)
    found = JourneyVersion.visible(info).select_related("journey").filter(pk=key).first()
    if found is None:
        raise NotFound("There is no such version.", field=field)
    row: Row = found
    return row


@strawberry.type
class JourneyQuestions:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_TWO_VERSIONS,
        description="What is different between two versions of a journey: stages first, then touchpoints.",
    )
    def compare_journey_versions(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from", description="The one version's global id.")],
        to: Annotated[strawberry.ID, strawberry.argument(description="The other version's global id.")],
    ) -> list[JourneyChange] | None:
        old, new = _version(info, from_, "from"), _version(info, to, "to")
        if old.journey_id != new.journey_id:
            raise BadInput("These are versions of two journeys.", field="to")
        found = comparing.compare(sketch_of(old), sketch_of(new))
        return [
            JourneyChange(
                kind=JourneyChangeKind[each.kind.name],
                subject=JourneyChangeSubject[each.subject.name],
                key=each.key,
                field=each.field,
                before=each.before,
                after=each.after,
            )
            for each in found
        ]

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_A_LINT,
        description="What a version lacks, in its order; then touchpoints that nobody owns though things happen there.",
    )
    def journey_lint(self, info: Info, version: VersionId) -> list[JourneyFinding] | None:
        found = linting.lint(_version(info, version, "version"), info.context.now)
        return [
            JourneyFinding(
                code=JourneyFindingCode[each.code.name],
                message=each.message,
                stage=each.stage,
                touchpoint=each.touchpoint,
            )
            for each in found
        ]

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_A_PICTURE,
        description="A version as SVG of at most 1 MB, for screen readers too; it refers to nothing, runs nothing.",
    )
    def journey_picture(self, info: Info, version: VersionId) -> str | None:
        row = _version(info, version, "version")
        stages = shown_of(row, info.context.now)
        title = f"{row.journey.name}, version {row.number}"
        told = f"A journey of {len(stages)} stages, each with its touchpoints and how they stand."
        return draw(title, told, stages, f"journey-{row.pk.hex}")
