from enum import Enum

import strawberry


@strawberry.enum(description="What became of an identity.")
class IdentityChangeKind(Enum):
    MERGED = strawberry.enum_value("MERGED", description="It came to the customer.")
    SPLIT = strawberry.enum_value("SPLIT", description="It left the customer, to be one of its own.")


@strawberry.enum(description="What customers have in common who may be one person.")
class AlikeBy(Enum):
    EMAIL = strawberry.enum_value("EMAIL", description="The e-mail address, in whatever case.")
    PHONE = strawberry.enum_value("PHONE", description="The telephone number, with its country's code.")
