"""Who is asking: a snapshot taken at authentication, valid outside any door."""

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.permissions import PERMISSIONS, READ_ONLY, Permission, Role, only_own_work
from cxplatform.tenancy.brand import BrandRef


@dataclass(frozen=True)
class Viewer:
    """The member behind a credential, the brands it may choose, and what it may do there."""

    member_id: UUID
    member_name: str
    email: str
    role: Role
    brands: tuple[BrandRef, ...]
    home_brand: BrandRef | None
    key_id: UUID
    scope: str

    @property
    def is_provider(self) -> bool:
        return self.home_brand is None

    @property
    def only_own_work(self) -> bool:
        return only_own_work(self.role)

    def may(self, permission: Permission | str) -> bool:
        """Tell whether the role holds the permission and the key's scope lets it through."""
        wanted = Permission(permission)
        if self.scope == "READ" and wanted not in READ_ONLY:
            return False
        return wanted in PERMISSIONS[self.role]

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """List what this credential may do, in the table's order."""
        return tuple(permission for permission in Permission if self.may(permission))
