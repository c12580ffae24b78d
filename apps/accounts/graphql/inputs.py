from datetime import datetime

import strawberry

from apps.accounts.graphql.enums import KeyScope
from cxplatform.graphql.columns import column
from cxplatform.graphql.scalars import CurrencyCode


@strawberry.input(description="A new brand.")
class CreateBrandInput:
    slug: str = column("Its short name: 1 to 50 of a-z, 0-9 and inner hyphens.")
    name: str = column("Its name.")
    time_zone: str = column("The zone its days are cut in: an IANA name.")
    locale: str = column("Its language and region, as a BCP 47 tag.", default="en")
    currency: CurrencyCode = column("The currency of its amounts.", default=CurrencyCode("USD"))
    vertical: str = column("Its line of business.", default="")


@strawberry.input(description="The brand to ask for again.")
class RetryBrandInput:
    id: strawberry.ID = strawberry.field(description="The brand's id.")


@strawberry.input(description="The brand to suspend.")
class SuspendBrandInput:
    id: strawberry.ID = strawberry.field(description="The brand's id.")


@strawberry.input(description="The brand to resume.")
class ResumeBrandInput:
    id: strawberry.ID = strawberry.field(description="The brand's id.")


@strawberry.input(description="A new key.")
class CreateApiKeyInput:
    name: str = column("What it is for.")
    member: strawberry.ID | None = column("Whose key: a member's id; your own when left out.", default=None)
    scope: KeyScope = column("How much of the member's rights it carries.", default=KeyScope.FULL)
    expires_at: datetime | None = column("When it stops working; never when left out.", default=None)


@strawberry.input(description="The key to revoke.")
class RevokeApiKeyInput:
    id: strawberry.ID = strawberry.field(description="The key's id.")
