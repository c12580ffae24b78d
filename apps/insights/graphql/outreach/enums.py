from enum import Enum

import strawberry


@strawberry.enum(description="Whether a proactive rule reaches customers.")
class ProactiveRuleState(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="It was never approved, and reaches nobody.")
    APPROVED = strawberry.enum_value("APPROVED", description="It reaches customers as they come into its segment.")
    PAUSED = strawberry.enum_value("PAUSED", description="It reaches nobody until it is resumed.")
    ENDED = strawberry.enum_value("ENDED", description="It reaches nobody any more.")


@strawberry.enum(description="What customers are told for.")
class OutreachKind(Enum):
    PROACTIVE_NOTICE = strawberry.enum_value(
        "PROACTIVE_NOTICE", description="What they would have to ask about else, such as a delay."
    )
    EDUCATION = strawberry.enum_value("EDUCATION", description="How something is done.")
    OFFER = strawberry.enum_value("OFFER", description="Something they may want.")


@strawberry.enum(description="What a rule decided about a customer, once and for good.")
class OutreachArm(Enum):
    TREATED = strawberry.enum_value("TREATED", description="The brand's sender was told to contact it.")
    HELD_OUT = strawberry.enum_value("HELD_OUT", description="It is left alone, to compare with.")
    SUPPRESSED = strawberry.enum_value(
        "SUPPRESSED", description="It may not be contacted: `why` says why. It is in neither group."
    )


@strawberry.enum(description="What would become of a customer, were it decided upon now.")
class OutreachFate(Enum):
    TREATED = strawberry.enum_value("TREATED", description="It is to be told.")
    HELD_OUT = strawberry.enum_value("HELD_OUT", description="It is left alone, to compare with.")
    SUPPRESSED = strawberry.enum_value("SUPPRESSED", description="It may not be contacted.")
    QUIET_HOURS = strawberry.enum_value("QUIET_HOURS", description="Not yet: it is within its quiet hours.")
    DAY_IS_FULL = strawberry.enum_value("DAY_IS_FULL", description="Not today: the day's most are told.")


@strawberry.enum(description="Whether reaching out makes a difference.")
class OutreachVerdict(Enum):
    PREVENTS = strawberry.enum_value("PREVENTS", description="Fewer of those told do it, beyond chance.")
    CAUSES = strawberry.enum_value("CAUSES", description="More of those told do it, beyond chance.")
    NO_DIFFERENCE_FOUND = strawberry.enum_value(
        "NO_DIFFERENCE_FOUND", description="The difference may be chance; that is no proof that there is none."
    )
    NOT_KNOWN = strawberry.enum_value("NOT_KNOWN", description="`reason` says why.")


@strawberry.enum(description="Why nothing is known of a rule's effect yet.")
class OutreachUnknown(Enum):
    NO_WINDOW_OVER = strawberry.enum_value("NO_WINDOW_OVER", description="Nobody's days are over.")
    TOO_FEW_TREATED = strawberry.enum_value("TOO_FEW_TREATED", description="The days of fewer than 50 told are over.")
    TOO_FEW_HELD_OUT = strawberry.enum_value(
        "TOO_FEW_HELD_OUT", description="The days of fewer than 50 held out are over."
    )
    NO_VARIATION = strawberry.enum_value("NO_VARIATION", description="Nobody did it, or everybody.")
