from typing import Annotated

import strawberry

from apps.accounts import commands
from apps.accounts.graphql.enums import KeyScope
from apps.accounts.graphql.inputs import CreateApiKeyInput, RevokeApiKeyInput
from apps.accounts.graphql.types import ApiKey, viewer_of
from apps.accounts.permissions import Permission
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of createApiKey.")
class CreateApiKeyPayload:
    api_key: ApiKey | None = column("The key.", default=None)
    token: str | None = column("What to send as the bearer token; shown this once.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of revokeApiKey.")
class RevokeApiKeyPayload:
    api_key: ApiKey | None = column("The key, revoked.", default=None)
    user_errors: list[UserError] = column("Why nothing was revoked.", default_factory=user_errors)


@strawberry.type
class KeyMutations:
    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE,
        payload=CreateApiKeyPayload,
        description="Make a key for yourself or for a member you manage.",
    )
    def create_api_key(self, info: Info, input: Annotated[CreateApiKeyInput, INPUT]) -> CreateApiKeyPayload | None:
        made, token = commands.create_api_key(
            actor=viewer_of(info),
            name=input.name,
            now=info.context.now,
            member_id=key_of(input.member, "Member", field="member") if input.member is not None else None,
            scope=KeyScope(input.scope).name,
            expires_at=input.expires_at,
        )
        return CreateApiKeyPayload(api_key=made, token=token)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE,
        payload=RevokeApiKeyPayload,
        description="Revoke a key for ever.",
    )
    def revoke_api_key(self, info: Info, input: Annotated[RevokeApiKeyInput, INPUT]) -> RevokeApiKeyPayload | None:
        key_id = key_of(input.id, "ApiKey")
        revoked = commands.revoke_api_key(actor=viewer_of(info), key_id=key_id, now=info.context.now)
        return RevokeApiKeyPayload(api_key=revoked)  # type: ignore[arg-type]  # a row, shown as the type
