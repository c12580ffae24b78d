from enum import Enum

import strawberry


@strawberry.enum(description="What an order did to the revenue.")
class OrderKind(Enum):
    PURCHASE = strawberry.enum_value("PURCHASE", description="Something was bought.")
    REFUND = strawberry.enum_value("REFUND", description="Money was given back.")
    RENEWAL = strawberry.enum_value("RENEWAL", description="A subscription went on as it was.")
    EXPANSION = strawberry.enum_value("EXPANSION", description="A subscription grew.")
    CONTRACTION = strawberry.enum_value("CONTRACTION", description="A subscription shrank.")
    CANCELLATION = strawberry.enum_value("CANCELLATION", description="A subscription ended.")
