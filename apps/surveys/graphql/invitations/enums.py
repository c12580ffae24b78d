from enum import Enum

import strawberry


@strawberry.enum(description="How far an invitation to answer a survey went.")
class InvitationState(Enum):
    PLANNED = strawberry.enum_value("PLANNED", description="It will be sent when it is due.")
    SENT = strawberry.enum_value("SENT", description="It was handed to whoever delivers it.")
    DELIVERED = strawberry.enum_value("DELIVERED", description="Whoever delivers it says that it arrived.")
    OPENED = strawberry.enum_value("OPENED", description="Its page was opened.")
    STARTED = strawberry.enum_value("STARTED", description="Something was answered, not all.")
    ANSWERED = strawberry.enum_value("ANSWERED", description="It was answered.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="The time to answer is over.")
    BOUNCED = strawberry.enum_value("BOUNCED", description="It could not be delivered.")
    DECLINED = strawberry.enum_value("DECLINED", description="The customer does not want to answer.")
    SUPPRESSED = strawberry.enum_value("SUPPRESSED", description="It was never sent.")


@strawberry.enum(description="How a question reaches customers.")
class SendingChannel(Enum):
    EMAIL = strawberry.enum_value("EMAIL", description="By e-mail.")
    SMS = strawberry.enum_value("SMS", description="By text message, through the brand's own sender.")
    CHAT = strawberry.enum_value("CHAT", description="By chat, through the brand's own sender.")
    LINK = strawberry.enum_value("LINK", description="As an address that somebody else passes on.")
