from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.settings.types import ServiceSettings
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="What to change of the brand's settings; what is left out stays.")
class UpdateServiceSettingsInput:
    case_days: int | None = optional("1 to 30 days. All cases are made anew by it in the background, past ones too.")
    media_days: int | None = optional(
        "1 to 3,660 days: references to older recordings and transcripts are removed. Null: they are kept."
    )


@strawberry.type(description="What became of updateServiceSettings.")
class UpdateServiceSettingsPayload:
    service_settings: ServiceSettings | None = column("What is set now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class ServiceSettingsMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=UpdateServiceSettingsPayload,
        description="Change what the brand sets about its service.",
    )
    def update_service_settings(
        self, info: Info, input: Annotated[UpdateServiceSettingsInput, INPUT]
    ) -> UpdateServiceSettingsPayload | None:
        stored = commands.update_service_settings(actor=viewer_of(info), values=given(input), now=info.context.now)
        return UpdateServiceSettingsPayload(service_settings=ServiceSettings.of(stored))
