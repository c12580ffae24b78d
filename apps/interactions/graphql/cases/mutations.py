"""What people decide about cases, as mutations."""

from typing import Annotated
from uuid import UUID

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.cases import inputs
from apps.interactions.graphql.cases.types import Case
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of a case about which something was to be decided.")
class CasePayload:
    case: Case | None = column(
        "The case as it stands now; null when there are errors, or you may not see it any more.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was decided.", default_factory=user_errors)


@strawberry.type(description="What became of splitCase.")
class SplitCasePayload:
    case: Case | None = column(
        "What is left of the case; null when there are errors, or you may not see it any more.", default=None
    )
    new_case: Case | None = column("The case of what was split off; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was split.", default_factory=user_errors)


def _shown(case_id: UUID, info: Info) -> Case | None:
    """Read a case as everybody reads: whoever moved its own contact away may not see the case any more."""
    return Case.find(case_id, info._raw_info)  # type: ignore[return-value]  # a row, shown as the type


def _ids(given: list[strawberry.ID], kind: str, field: str) -> list[UUID]:
    return [key_of(each, kind, field=field) for each in given]


@strawberry.type
class CaseMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=CasePayload,
        description="Merge cases of one customer on one reason; the ids of those merged lead to the one that stays.",
    )
    def merge_cases(self, info: Info, input: Annotated[inputs.MergeCasesInput, INPUT]) -> CasePayload | None:
        case = commands.merge_cases(
            actor=viewer_of(info),
            case_ids=_ids(input.cases, "Case", "cases"),
            into_id=key_of(input.into, "Case", field="into"),
            now=info.context.now,
        )
        return CasePayload(case=_shown(case.pk, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=SplitCasePayload,
        description="Make a case of its own of some contacts of a case.",
    )
    def split_case(self, info: Info, input: Annotated[inputs.SplitCaseInput, INPUT]) -> SplitCasePayload | None:
        left, made = commands.split_case(
            actor=viewer_of(info),
            case_id=key_of(input.case, "Case", field="case"),
            interaction_ids=_ids(input.interactions, "Interaction", "interactions"),
            now=info.context.now,
        )
        return SplitCasePayload(case=_shown(left.pk, info), new_case=_shown(made.pk, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=CasePayload,
        description="Put a contact into another case of its customer on its reason, or into a new one.",
    )
    def move_interaction(self, info: Info, input: Annotated[inputs.MoveInteractionInput, INPUT]) -> CasePayload | None:
        case = commands.move_interaction(
            actor=viewer_of(info),
            interaction_id=key_of(input.interaction, "Interaction", field="interaction"),
            case_id=key_of(input.case, "Case", field="case") if input.case is not None else None,
            now=info.context.now,
        )
        return CasePayload(case=_shown(case.pk, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=CasePayload,
        description="Let what was decided by hand about a case hold no more: its contacts are joined as all others.",
    )
    def release_case(self, info: Info, input: Annotated[inputs.ReleaseCaseInput, INPUT]) -> CasePayload | None:
        case = commands.release_case(
            actor=viewer_of(info), case_id=key_of(input.case, "Case", field="case"), now=info.context.now
        )
        return CasePayload(case=_shown(case.pk, info))
