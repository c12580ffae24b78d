from enum import Enum

import strawberry


@strawberry.enum(description="What customers are contacted for.")
class ContactPurpose(Enum):
    SURVEYS = strawberry.enum_value("SURVEYS", description="To ask how it went.")
    OUTREACH = strawberry.enum_value("OUTREACH", description="To tell or offer something nobody asked for.")


@strawberry.enum(description="How customers are contacted.")
class ContactChannel(Enum):
    EMAIL = strawberry.enum_value("EMAIL", description="By e-mail.")
    SMS = strawberry.enum_value("SMS", description="By text message.")
    PHONE = strawberry.enum_value("PHONE", description="By telephone.")
    CHAT = strawberry.enum_value("CHAT", description="By chat and messengers.")


@strawberry.enum(description="Why a customer may be contacted, or may not.")
class ContactReason(Enum):
    ALLOWED = strawberry.enum_value("ALLOWED", description="It may: the customer allowed it.")
    NOT_FORBIDDEN = strawberry.enum_value(
        "NOT_FORBIDDEN", description="It may: the customer said nothing, and the brand's policy is to contact."
    )
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="It may not: the customer forbade it.")
    NEVER_ALLOWED = strawberry.enum_value(
        "NEVER_ALLOWED", description="It may not: the customer said nothing, and the brand's policy is not to contact."
    )
    QUIET_HOURS = strawberry.enum_value("QUIET_HOURS", description="Not now: it is within the customer's quiet hours.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="It may not: there is no such customer, or not for you.")
