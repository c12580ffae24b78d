from enum import Enum

import strawberry


@strawberry.enum(description="Whether a campaign asks.")
class CampaignState(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="It was never started.")
    RUNNING = strawberry.enum_value("RUNNING", description="It asks.")
    PAUSED = strawberry.enum_value("PAUSED", description="It asks nobody until it is started again.")
    ENDED = strawberry.enum_value("ENDED", description="It asks nobody any more.")


@strawberry.enum(description="What makes a customer somebody to be asked.")
class CampaignTrigger(Enum):
    INTERACTION_RESOLVED = strawberry.enum_value("INTERACTION_RESOLVED", description="A contact was resolved.")
    STAGE_REACHED = strawberry.enum_value("STAGE_REACHED", description="A stage of a journey was entered.")
    TOUCHPOINT_EVENT = strawberry.enum_value(
        "TOUCHPOINT_EVENT", description="Something happened at a touchpoint, such as an order being delivered."
    )
    ORDERED = strawberry.enum_value("ORDERED", description="Something was bought, renewed or expanded.")
    DATE = strawberry.enum_value("DATE", description="A day has come; all customers who did not churn.")
    BY_HAND = strawberry.enum_value("BY_HAND", description="Somebody, or a program, invites.")


@strawberry.enum(description="How a question reaches customers.")
class SendingChannel(Enum):
    EMAIL = strawberry.enum_value("EMAIL", description="By e-mail.")
    SMS = strawberry.enum_value("SMS", description="By text message, through the brand's own sender.")
    CHAT = strawberry.enum_value("CHAT", description="By chat, through the brand's own sender.")
    LINK = strawberry.enum_value("LINK", description="Whoever invites passes on the address.")


@strawberry.enum(description="How far an invitation got; the furthest it was told of.")
class InvitationState(Enum):
    PLANNED = strawberry.enum_value("PLANNED", description="It is to be sent.")
    SENT = strawberry.enum_value("SENT", description="It was sent.")
    DELIVERED = strawberry.enum_value("DELIVERED", description="It arrived.")
    OPENED = strawberry.enum_value("OPENED", description="Its page was opened.")
    STARTED = strawberry.enum_value("STARTED", description="A question was answered.")
    ANSWERED = strawberry.enum_value("ANSWERED", description="It was answered.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="Its time to be answered went by.")
    BOUNCED = strawberry.enum_value("BOUNCED", description="It could not be delivered.")
    DECLINED = strawberry.enum_value("DECLINED", description="The customer did not wish to answer.")
    SUPPRESSED = strawberry.enum_value("SUPPRESSED", description="It was never sent: `why` says why.")


@strawberry.enum(description="What would become of something that happened, were it decided upon now.")
class DryRunOutcome(Enum):
    ASKED = strawberry.enum_value("ASKED", description="The customer is asked.")
    NOT_DUE = strawberry.enum_value("NOT_DUE", description="Not yet: the campaign's delay is not over.")
    QUIET_HOURS = strawberry.enum_value(
        "QUIET_HOURS", description="Not yet: these are quiet hours, or the customer's own."
    )
    QUOTA_OF_THE_DAY = strawberry.enum_value("QUOTA_OF_THE_DAY", description="Not today: the day's quota is used up.")
    ALREADY_INVITED = strawberry.enum_value("ALREADY_INVITED", description="It was asked or decided about before.")
    NOT_SAMPLED = strawberry.enum_value("NOT_SAMPLED", description="It is not in the sample.")
    CONDITIONS = strawberry.enum_value("CONDITIONS", description="The customer is not as the conditions say.")
    NO_CUSTOMER = strawberry.enum_value("NO_CUSTOMER", description="The customer is not known any more.")
    OPTED_OUT = strawberry.enum_value("OPTED_OUT", description="The customer may not be contacted for surveys.")
    NO_ADDRESS = strawberry.enum_value("NO_ADDRESS", description="The customer has no address of the channel's.")
    COOLDOWN = strawberry.enum_value("COOLDOWN", description="Some survey asked the customer not long ago.")
    QUOTA = strawberry.enum_value("QUOTA", description="The campaign's quota is used up.")
    TOO_LATE = strawberry.enum_value("TOO_LATE", description="It should have been asked about a week ago, or earlier.")
    ENDED = strawberry.enum_value("ENDED", description="The campaign has ended.")
