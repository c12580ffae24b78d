from enum import Enum

import strawberry


@strawberry.enum(description="How a customer fares.")
class HealthBand(Enum):
    GOOD = strawberry.enum_value("GOOD", description="80 and more.")
    FAIR = strawberry.enum_value("FAIR", description="60 and more.")
    POOR = strawberry.enum_value("POOR", description="40 and more.")
    BAD = strawberry.enum_value("BAD", description="Below 40.")


@strawberry.enum(description="What an order did to the revenue.")
class OrderKind(Enum):
    PURCHASE = strawberry.enum_value("PURCHASE", description="Something was bought.")
    REFUND = strawberry.enum_value("REFUND", description="Money was given back.")
    RENEWAL = strawberry.enum_value("RENEWAL", description="A subscription went on as it was.")
    EXPANSION = strawberry.enum_value("EXPANSION", description="A subscription grew.")
    CONTRACTION = strawberry.enum_value("CONTRACTION", description="A subscription shrank.")
    CANCELLATION = strawberry.enum_value("CANCELLATION", description="A subscription ended.")
