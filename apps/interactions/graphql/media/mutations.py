from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.media.enums import MediaKind
from apps.interactions.graphql.media.types import MediaReference
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field
from cxplatform.graphql.scalars import BigInt


@strawberry.input(description="Where a contact's recording or transcript lies, known by source and external id.")
class RecordMediaReferenceInput:
    interaction: str = column("The contact: an external id of the same source, known yet or not.")
    kind: MediaKind = column("What lies there.")
    at: datetime = column("When what lies there was made.")
    url: str = column("An https address without credentials, at most 2,000 characters. It is never opened here.")
    external_id: str | None = optional("The id in the source system; when left out, what is said makes it.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower one than is stored changes nothing.")


@strawberry.input(description="The reference to remove.")
class RemoveMediaReferenceInput:
    id: strawberry.ID = column("The reference's id.")


@strawberry.type(description="What became of a reference.")
class MediaReferencePayload:
    media_reference: MediaReference | None = column(
        "The reference as stored, or as it was; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class MediaReferenceMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=MediaReferencePayload,
        description="Say where a contact's recording or transcript lies, or change what was said.",
    )
    def record_media_reference(
        self, info: Info, input: Annotated[RecordMediaReferenceInput, INPUT]
    ) -> MediaReferencePayload | None:
        stored = commands.record_media_reference(actor=viewer_of(info), values=given(input), now=info.context.now)
        shown = MediaReference.find(stored.pk, info._raw_info)
        return MediaReferencePayload(media_reference=shown)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=MediaReferencePayload,
        description="Remove a reference for good. What it refers to is another system's, and stays there.",
    )
    def remove_media_reference(
        self, info: Info, input: Annotated[RemoveMediaReferenceInput, INPUT]
    ) -> MediaReferencePayload | None:
        key = key_of(input.id, "MediaReference")
        was = MediaReference.find(key, info._raw_info)
        commands.remove_media_reference(actor=viewer_of(info), reference_id=key, now=info.context.now)
        return MediaReferencePayload(media_reference=was)  # type: ignore[arg-type]  # a row, shown as the type
