from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

import strawberry

from apps.accounts.graphql.enums import BrandStatus, KeyScope, Permission, Role
from apps.accounts.viewer import Viewer
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info, ResolveInfo
from cxplatform.graphql.nodes import Node
from cxplatform.graphql.scalars import CurrencyCode
from cxplatform.tenancy.brand import BrandRef


def viewer_of(info: Info) -> Viewer:
    """Return who is asking, as the accounts app knows them."""
    return cast(Viewer, info.context.viewer)


@dataclass(frozen=True)
class MemberRow:
    """The member behind the credential, and what the credential may do."""

    id: UUID
    name: str
    email: str
    role: str
    permissions: tuple[str, ...]

    @classmethod
    def of(cls, viewer: Viewer) -> "MemberRow":
        permissions = tuple(permission.value for permission in viewer.permissions)
        return cls(viewer.member_id, viewer.member_name, viewer.email, viewer.role.value, permissions)


@strawberry.type(description="A user with a role.")
class Member(Node):
    name: str = column("The name.")
    email: str = column("The e-mail address it signs in with.")
    role: Role = column("What it is.")
    permissions: list[Permission] = column("What the credential used may do.")

    @classmethod
    def is_type_of(cls, source: object, info: ResolveInfo) -> bool:
        return isinstance(source, MemberRow)

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        viewer = cast(Viewer, info.context.viewer)
        return MemberRow.of(viewer) if viewer.member_id == key else None


@strawberry.type(description="A client brand: a tenant whose data no other brand sees.")
class Brand(Node):
    slug: str = column("Its short name: what the X-Brand header takes.")
    name: str = column("Its name.")
    time_zone: str = column("The zone its days are cut in: an IANA name.")
    currency: CurrencyCode = column("The currency of its amounts.")
    locale: str = column("Its language and region, as a BCP 47 tag.")
    status: BrandStatus = column("How far its making has come.")

    @classmethod
    def is_type_of(cls, source: object, info: ResolveInfo) -> bool:
        return isinstance(source, BrandRef)

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        viewer = cast(Viewer, info.context.viewer)
        return next((brand for brand in viewer.brands if brand.id == key), None)


@strawberry.type(description="A member's credential for programs.")
class ApiKey:
    id: strawberry.ID = column("Its id.")
    name: str = column("What it is for.")
    scope: KeyScope = column("How much of its member's rights it carries.")
    created_at: datetime = column("When it was made.")
    expires_at: datetime | None = column("When it stops working; null: never.")
    revoked_at: datetime | None = column("When it was revoked; null while it works.")
    last_used_at: datetime | None = column("When it was last used, to the minute.")
