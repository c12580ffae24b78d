from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.consents.enums import ContactChannel, ContactPurpose
from apps.customers.graphql.consents.types import ConsentPolicy, ConsentRecord, ContactPreference
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="That a customer allowed or forbade contact. It is never changed; what follows counts.")
class RecordConsentInput:
    customer: str = column("The external id of who said so, in the same source; made if unknown.")
    purpose: ContactPurpose = column("What for.")
    granted: bool = column("Whether it was allowed.")
    at: datetime = column("When it was said.")
    channel: ContactChannel | None = optional("How; any channel, when left out.")
    said_where: str | None = optional("Where it was said, such as web form or call.")
    text_version: str | None = optional("The version of the text that was agreed to.")
    external_id: str | None = optional("The id in the source system; one made of the content, when left out.")
    source: str | None = optional("The system it comes from; `import` when left out.")


@strawberry.input(description="How a customer wishes to be contacted; all of it, for nothing is taken over.")
class SetContactPreferencesInput:
    customer: strawberry.ID = column("The customer's id.")
    channel: ContactChannel | None = column("How, where there is a choice.", default=None)
    language: str | None = column("In which language, a BCP 47 tag.", default=None)
    quiet_from: str | None = column(
        "From when on nobody should be contacted, by the brand's clock: `HH:MM`.", default=None
    )
    quiet_until: str | None = column("Until when: `HH:MM`; of the next day, where that is earlier.", default=None)


@strawberry.input(description="What holds for customers who said nothing.")
class SetConsentPolicyInput:
    purpose: ContactPurpose = column("What for.")
    opt_in: bool = column("Whether only who allowed it is contacted.")


@strawberry.type(description="What became of recordConsent.")
class RecordConsentPayload:
    consent: ConsentRecord | None = column(
        "What was recorded; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was recorded.", default_factory=user_errors)


@strawberry.type(description="What became of setContactPreferences.")
class SetContactPreferencesPayload:
    preference: ContactPreference | None = column(
        "The wishes as they are kept; null when there are errors or you may not see them.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was kept.", default_factory=user_errors)


@strawberry.type(description="What became of setConsentPolicy.")
class SetConsentPolicyPayload:
    policy: ConsentPolicy | None = column("What holds now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was set.", default_factory=user_errors)


@strawberry.type
class ConsentMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordConsentPayload,
        description="Record that a customer allowed or forbade contact.",
    )
    def record_consent(self, info: Info, input: Annotated[RecordConsentInput, INPUT]) -> RecordConsentPayload | None:
        stored = commands.record_consent(actor=viewer_of(info), values=given(input), now=info.context.now)
        return RecordConsentPayload(consent=ConsentRecord.find(stored.pk, info._raw_info))  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=SetContactPreferencesPayload,
        description="Keep how a customer wishes to be contacted.",
    )
    def set_contact_preferences(
        self, info: Info, input: Annotated[SetContactPreferencesInput, INPUT]
    ) -> SetContactPreferencesPayload | None:
        kept = commands.set_contact_preferences(
            actor=viewer_of(info),
            customer_id=key_of(input.customer, "Customer", field="customer"),
            channel=input.channel.name if input.channel else None,
            language=input.language,
            quiet=(input.quiet_from, input.quiet_until),
            now=info.context.now,
        )
        shown = ContactPreference.find(kept.pk, info._raw_info)
        return SetContactPreferencesPayload(preference=shown)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SetConsentPolicyPayload,
        description="Say whether customers who said nothing may be contacted for a purpose.",
    )
    def set_consent_policy(
        self, info: Info, input: Annotated[SetConsentPolicyInput, INPUT]
    ) -> SetConsentPolicyPayload | None:
        commands.set_consent_policy(
            actor=viewer_of(info), purpose=input.purpose.name, opt_in=input.opt_in, now=info.context.now
        )
        return SetConsentPolicyPayload(policy=ConsentPolicy(purpose=input.purpose, opt_in=input.opt_in))
