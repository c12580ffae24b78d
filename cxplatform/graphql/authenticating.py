"""How a credential becomes a viewer: an app's function, named by a setting, for the kernel knows no app."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

Authenticator = Callable[..., tuple[Any, Any]]


@cache
def authenticator() -> Authenticator:
    """Return the function CX_AUTHENTICATOR names: from header, brand and host to a viewer and the chosen brand."""
    found: Authenticator = import_string(settings.CX_AUTHENTICATOR)
    return found
