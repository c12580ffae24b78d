from dataclasses import dataclass
from typing import cast
from uuid import UUID

import strawberry
import strawberry_django
from strawberry import auto

from apps.accounts import models, permissions
from apps.accounts.graphql.enums import BrandStatus, KeyScope, Permission, Role
from apps.accounts.snapshots import BrandSnapshot
from apps.accounts.viewer import Viewer
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info, ResolveInfo
from cxplatform.graphql.nodes import Node
from cxplatform.graphql.scalars import CurrencyCode


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


@strawberry_django.type(models.Member, description="A user with a role.")
class Member(Node):
    name: auto = column("The name.")
    email: auto = column("The e-mail address it signs in with.")
    role: Role = column("What it is.")
    permissions: list[Permission] = column("What the credential used may do.")

    @classmethod
    def is_type_of(cls, source: object, info: ResolveInfo) -> bool:
        return isinstance(source, MemberRow)

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        viewer = cast(Viewer, info.context.viewer)
        return MemberRow.of(viewer) if viewer.member_id == key else None


def _failure(root: strawberry.Parent[BrandSnapshot], info: Info) -> str | None:
    return (root.failure or None) if info.context.rights.may(permissions.Permission.MANAGE_BRANDS) else None


@strawberry_django.type(models.Brand, description="A client brand: a tenant whose data no other brand sees.")
class Brand(Node):
    slug: auto = column("Its short name: what the X-Brand header takes.")
    name: auto = column("Its name.")
    time_zone: auto = column("The zone its days are cut in: an IANA name.")
    currency: CurrencyCode = column("The currency of its amounts.")
    locale: auto = column("Its language and region, as a BCP 47 tag.")
    vertical: auto = column("Its line of business; empty when nobody said.")
    status: BrandStatus = column("How far its making has come.")
    failure: str | None = strawberry.field(
        resolver=_failure, description="Why its schema could not be made; null unless it is FAILED and you make brands."
    )

    @classmethod
    def is_type_of(cls, source: object, info: ResolveInfo) -> bool:
        return isinstance(source, BrandSnapshot)

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        viewer = cast(Viewer, info.context.viewer)
        return next((brand for brand in viewer.brands if brand.id == key), None)


@strawberry_django.type(models.ApiKey, description="A member's credential for programs.")
class ApiKey:
    id: strawberry.ID = column("Its id.")
    name: auto = column("What it is for.")
    scope: KeyScope = column("How much of its member's rights it carries.")
    created_at: auto = column("When it was made.")
    expires_at: auto = column("When it stops working; null: never.")
    revoked_at: auto = column("When it was revoked; null while it works.")
    last_used_at: auto = column("When it was last used, to the minute.")
