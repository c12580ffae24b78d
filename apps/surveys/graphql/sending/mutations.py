from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys.graphql.sending.types import SurveySending
from apps.surveys.sending import commands
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="What to change of the brand's sending; what is left out stays.")
class SetSurveySendingInput:
    from_name: str | None = optional("Who e-mails come from, as people read it. Null: the brand's name.")
    from_address: str | None = optional("The address e-mails come from. Null: none are sent.")
    pages_url: str | None = optional("Where the pages of surveys are found, such as https://service.example.")
    sms_url: str | None = optional("The brand's sender of short messages: an https address. Null: none are sent.")
    chat_url: str | None = optional("The brand's sender of chat messages: an https address. Null: none are sent.")
    renew_secrets: bool = column("Make both secrets anew; the old ones hold no more.", default=False)


@strawberry.type(description="What became of setSurveySending.")
class SetSurveySendingPayload:
    survey_sending: SurveySending | None = column("What is set now; null when there are errors.", default=None)
    sender_secret: str | None = column(
        "Signs what the brand's senders get, by Standard Webhooks; shown once, when it is made.", default=None
    )
    report_secret: str | None = column(
        "Signs what the brand's senders report, by Standard Webhooks; shown once, when it is made.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class SurveySendingMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SetSurveySendingPayload,
        description="Say in whose name the brand's surveys are sent and by what. What waited for it is sent.",
    )
    def set_survey_sending(
        self, info: Info, input: Annotated[SetSurveySendingInput, INPUT]
    ) -> SetSurveySendingPayload | None:
        values = {name: value for name, value in given(input).items() if name in commands.COLUMNS}
        stored, secrets = commands.set_survey_sending(
            actor=viewer_of(info), values=values, renew_secrets=input.renew_secrets, now=info.context.now
        )
        return SetSurveySendingPayload(
            survey_sending=SurveySending.of(stored),
            sender_secret=secrets.sender if secrets else None,
            report_secret=secrets.reports if secrets else None,
        )
