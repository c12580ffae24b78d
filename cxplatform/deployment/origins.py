"""Origins of frontends elsewhere."""

import re
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")


def exact_origins(given: Sequence[str]) -> list[str]:
    """Return them as they are. Raises: ImproperlyConfigured for a wildcard, , a path or any other inexactness."""
    for origin in given:
        if not _ORIGIN.fullmatch(origin):
            raise ImproperlyConfigured(
                f"CX_ALLOWED_ORIGINS: {origin!r} is no exact origin such as https://app.example.com"
            )
    return list(given)
