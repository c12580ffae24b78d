"""Who is at the other end of a socket or stream, and of which brand: that never changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from cxplatform.errors import DomainError, NotFound
from cxplatform.graphql.authenticating import Presented, authenticator, authenticator_of_many
from cxplatform.graphql.context import Viewer
from cxplatform.tenancy.brand import BrandRef

# A key, and the brand it was let into.
Held = tuple[UUID, UUID | None]
# Who that is, and the brand, as they are now.
Asker = tuple[Viewer, BrandRef | None]


class Credential(Presented):
    """What a socket or stream said when it opened."""

    def authenticate(self) -> Asker:
        """Find who this is, now. Raises: Unauthenticated, NotFound, Forbidden."""
        found: Asker = authenticator()(self.authorization, brand_header=self.brand_slug, host=self.host)
        return found

    def bind(self) -> "Bound":
        """Authenticate for the first time and bind the brand. Raises: Unauthenticated, NotFound, Forbidden."""
        viewer, brand = self.authenticate()
        bound = replace(self, brand_slug=brand.slug if brand else None)
        return Bound(bound, (viewer.key_id, brand.id if brand else None))


@dataclass(frozen=True)
class Bound:
    """A credential that was let in, with the brand it named or was given."""

    credential: Credential
    held: Held

    @property
    def queue(self) -> str:
        """Name the queue it stands in: its brand's."""
        return str(self.held[1])

    def authenticate(self) -> Asker:
        """Find who this is, anew; the brand stays. Raises: Unauthenticated, NotFound, Forbidden."""
        found = self._of_its_brand(self.credential.authenticate())
        if isinstance(found, DomainError):
            raise found
        return found

    def _of_its_brand(self, found: Asker | DomainError) -> Asker | DomainError:
        if isinstance(found, DomainError):
            return found
        brand = found[1]
        return found if (brand.id if brand else None) == self.held[1] else NotFound("No such brand.")


def authenticate_each(bounds: Sequence[Bound]) -> list[Asker | DomainError]:
    """Find who each of them is, anew and by its own token, at about the price of one; in place of who is not, why."""
    found = authenticator_of_many()([bound.credential for bound in bounds])
    return [bound._of_its_brand(each) for bound, each in zip(bounds, found, strict=True)]
