"""Who acted, as the trail keeps it: a member by its id and the name it showed, for no key crosses schemas."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts. `of_provider`: from outside the brand whose trail it is in."""

    name: str
    role: str
    of_provider: bool
    member_id: UUID | None = None
    key_id: UUID | None = None


# Whoever runs management commands on the provider's machines.
OPERATOR = Actor("operator", "OPERATOR", of_provider=True)
# A worker that ends what somebody else began.
SYSTEM = Actor("worker", "SYSTEM", of_provider=False)


class Acting(Protocol):
    """Whoever signed in, as far as the trail is concerned."""

    @property
    def actor(self) -> Actor: ...
