"""Who is asking: a snapshot taken at authentication, valid outside any door."""

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.permissions import PERMISSIONS, READ_ONLY, Permission, Role, only_own_work
from apps.accounts.snapshots import BrandSnapshot
from cxplatform.audit.actors import Actor
from cxplatform.errors import BrandRequired, DomainError, Forbidden


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role, as far as a key's scope lets it through, may do. Whose it is, is not in it."""

    role: Role
    scope: str

    @property
    def only_own_work(self) -> bool:
        return only_own_work(self.role)

    def may(self, permission: Permission | str) -> bool:
        """Tell whether the role holds the permission and the key's scope lets it through."""
        wanted = Permission(permission)
        if self.scope == "READ" and wanted not in READ_ONLY:
            return False
        return wanted in PERMISSIONS[self.role]


@dataclass(frozen=True)
class Viewer:
    """The member behind a credential, the brands it may choose, and what it may do there."""

    member_id: UUID
    member_name: str
    email: str
    role: Role
    brands: tuple[BrandSnapshot, ...]
    home_brand: BrandSnapshot | None
    key_id: UUID
    scope: str

    @property
    def is_provider(self) -> bool:
        return self.home_brand is None

    @property
    def actor(self) -> Actor:
        """Return who this is in the trail."""
        return Actor(self.member_name, self.role.value, self.is_provider, self.member_id, self.key_id)

    @property
    def rights(self) -> Rights:
        return Rights(self.role, self.scope)

    @property
    def only_own_work(self) -> bool:
        return self.rights.only_own_work

    def may(self, permission: Permission | str) -> bool:
        """Tell whether it may do this."""
        return self.rights.may(permission)

    def require(self, permission: Permission) -> None:
        """Insist on a permission. Raises: Forbidden."""
        if not self.may(permission):
            raise Forbidden("Your role may not do this.")

    @property
    def without_brand(self) -> DomainError:
        """Say why work that needs a brand cannot be done when none is chosen."""
        if [brand.status for brand in self.brands] == ["SUSPENDED"]:
            return Forbidden("This brand is suspended.")
        return BrandRequired("Choose a brand with the header `X-Brand: <slug>`.")

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """List what this credential may do, in the table's order."""
        return tuple(permission for permission in Permission if self.may(permission))
