from enum import Enum

import strawberry


@strawberry.enum(description="Whether anything is sent to an endpoint.")
class WebhookEndpointState(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="It is told of what happens.")
    DISABLED = strawberry.enum_value("DISABLED", description="Nothing is sent there.")


@strawberry.enum(description="Why an endpoint is disabled.")
class WebhookDisabledReason(Enum):
    BY_HAND = strawberry.enum_value("BY_HAND", description="Somebody disabled it.")
    FAILING = strawberry.enum_value("FAILING", description="Nothing arrived there for five days.")
    GONE = strawberry.enum_value("GONE", description="It answered 410: that it wants no more.")


@strawberry.enum(description="How far a delivery came.")
class WebhookDeliveryState(Enum):
    WAITING = strawberry.enum_value("WAITING", description="It is going to be tried, or tried again.")
    DELIVERED = strawberry.enum_value("DELIVERED", description="It was answered with a status from 200 to 299.")
    FAILED = strawberry.enum_value("FAILED", description="It was given up; it may be replayed.")
