"""What `check --deploy` asks beyond Django's own questions: is every setting there that a server needs?"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # Django's name for it

_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security, deploy=True)
def needed_settings(**_: Any) -> list[CheckMessage]:
    return list(_missing())


def _missing() -> Iterator[CheckMessage]:
    if not settings.DATABASES["default"].get("NAME"):
        yield Error("DATABASE_URL is not set, or names no database.", id="cxplatform.E001")
    if not settings.BROKER_URL:
        yield Error("BROKER_URL is not set.", id="cxplatform.E002")
    if not settings.CACHE_URL:
        yield Error("CACHE_URL is not set.", id="cxplatform.E003")
    if set(settings.ALLOWED_HOSTS) <= _LOOPBACK:
        yield Error("ALLOWED_HOSTS names no host but this machine.", id="cxplatform.E004")
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS takes any host: name yours.", id="cxplatform.E005")
    if settings.CX_KEY_PEPPER == settings.SECRET_KEY:
        yield Warning(
            "CX_KEY_PEPPER is not set apart from SECRET_KEY, which can then not be changed without voiding every key.",
            id="cxplatform.W001",
        )
