from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys.feedback import commands
from apps.surveys.feedback.recording import record_feedback
from apps.surveys.graphql.feedback import inputs
from apps.surveys.graphql.feedback.types import FeedbackItem, Theme
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordFeedback.")
class RecordFeedbackPayload:
    feedback: FeedbackItem | None = column(
        "The piece of feedback as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type(description="What became of a theme.")
class ThemePayload:
    theme: Theme | None = column("The theme as it is now.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of moveFeedback.")
class MoveFeedbackPayload:
    feedback: list[FeedbackItem] | None = column("The pieces of feedback as they are now.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class FeedbackMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordFeedbackPayload,
        description="Store something a customer said, or change what has this source and external id.",
    )
    def record_feedback(
        self, info: Info, input: Annotated[inputs.RecordFeedbackInput, INPUT]
    ) -> RecordFeedbackPayload | None:
        stored = record_feedback(actor=viewer_of(info), values=given(input), now=info.context.now)
        shown = FeedbackItem.find(stored.pk, info._raw_info)
        return RecordFeedbackPayload(feedback=shown)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ThemePayload,
        description="Call a theme something; it keeps that name.",
    )
    def rename_theme(self, info: Info, input: Annotated[inputs.RenameThemeInput, INPUT]) -> ThemePayload | None:
        renamed = commands.rename_theme(
            actor=viewer_of(info), theme_id=key_of(input.id, "Theme"), name=input.name, now=info.context.now
        )
        return ThemePayload(theme=renamed)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ThemePayload,
        description="Let a theme take others in, with all that was said of them.",
    )
    def merge_themes(self, info: Info, input: Annotated[inputs.MergeThemesInput, INPUT]) -> ThemePayload | None:
        merged = commands.merge_themes(
            actor=viewer_of(info),
            theme_ids=[key_of(each, "Theme") for each in input.themes[: commands.MOST + 1]],
            into=key_of(input.into, "Theme"),
            now=info.context.now,
        )
        return ThemePayload(theme=merged)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ThemePayload,
        description="Keep a theme, or keep it no longer.",
    )
    def pin_theme(self, info: Info, input: Annotated[inputs.PinThemeInput, INPUT]) -> ThemePayload | None:
        pinned = commands.pin_theme(
            actor=viewer_of(info), theme_id=key_of(input.id, "Theme"), pinned=input.pinned, now=info.context.now
        )
        return ThemePayload(theme=pinned)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ThemePayload,
        description="Say which contact reason a theme is.",
    )
    def link_theme(self, info: Info, input: Annotated[inputs.LinkThemeInput, INPUT]) -> ThemePayload | None:
        linked = commands.link_theme(
            actor=viewer_of(info),
            theme_id=key_of(input.id, "Theme"),
            reason_id=key_of(input.reason, "Reason") if input.reason else None,
            now=info.context.now,
        )
        return ThemePayload(theme=linked)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=MoveFeedbackPayload,
        description="Say which theme pieces of feedback speak of; they stay there.",
    )
    def move_feedback(
        self, info: Info, input: Annotated[inputs.MoveFeedbackInput, INPUT]
    ) -> MoveFeedbackPayload | None:
        moved = commands.move_feedback(
            actor=viewer_of(info),
            item_ids=[key_of(each, "FeedbackItem") for each in input.feedback[: commands.MOST + 1]],
            theme_id=key_of(input.theme, "Theme") if input.theme else None,
            now=info.context.now,
        )
        shown = FeedbackItem.load(FeedbackItem.visible(info).filter(pk__in=moved), info._raw_info)
        return MoveFeedbackPayload(feedback=shown)  # type: ignore[arg-type]  # as above
