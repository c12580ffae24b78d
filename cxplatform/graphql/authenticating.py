"""How a credential becomes a viewer: an app's functions, named by settings, for the kernel knows no app."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from cxplatform.errors import DomainError


@dataclass(frozen=True)
class Presented:
    """What somebody says of themselves: a bearer token, the brand that was chosen, the host that was called."""

    authorization: str | None
    brand_slug: str | None = None
    host: str | None = None


Authenticator = Callable[..., tuple[Any, Any]]
AuthenticatorOfMany = Callable[[Sequence[Presented]], Sequence[tuple[Any, Any] | DomainError]]


@cache
def authenticator() -> Authenticator:
    """Return the function CX_AUTHENTICATOR names: from header, brand and host to a viewer and the chosen brand."""
    found: Authenticator = import_string(settings.CX_AUTHENTICATOR)
    return found


@cache
def authenticator_of_many() -> AuthenticatorOfMany:
    """Return the function CX_AUTHENTICATOR_OF_MANY names: the same for many, with why not in place of who is not."""
    found: AuthenticatorOfMany = import_string(settings.CX_AUTHENTICATOR_OF_MANY)
    return found
