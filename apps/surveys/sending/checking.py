"""Whether what a brand sets about its sending can be sent by."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from apps.surveys.sending.content import one_line
from apps.surveys.sending.recipients import checked_email
from cxplatform.errors import BadInput
from cxplatform.webhooks.guarded import NotSent, split_url

_LONGEST: Final = {"from_name": 100, "from_address": 254, "pages_url": 300, "sms_url": 500, "chat_url": 500}
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as they are stored. Raises: BadInput naming the field."""
    found = {name: _of(name, value) for name, value in values.items()}
    for name, value in found.items():
        if value:
            _CHECKS[name](name, value)
    return found


def _of(name: str, value: str | None) -> str | None:
    if name == "from_name":
        return value or ""
    if value is not None and len(value) > _LONGEST[name]:
        raise BadInput(f"It has at most {_LONGEST[name]} characters.", field=name)
    return value or None


def _check_name(name: str, value: str) -> None:
    if len(value) > _LONGEST[name]:
        raise BadInput(f"It has at most {_LONGEST[name]} characters.", field=name)
    if one_line(value) != value:
        raise BadInput("It is one line without control characters, and begins and ends with neither space.", field=name)


def _check_address(name: str, value: str) -> None:
    if checked_email(value) is None:
        raise BadInput("It is no e-mail address.", field=name)


def _check_pages(name: str, value: str) -> None:
    """Insist on what a link can be made of; plain HTTP leads to this machine alone."""
    try:
        parts = urlsplit(value)
        host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    except ValueError:
        parts, host = urlsplit(""), ""
    is_secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    odd = "@" in parts.netloc or parts.query or parts.fragment or not value.isascii() or one_line(value) != value
    if not is_secure or not host or odd or any(each in value for each in " <>\"'\\"):
        raise BadInput("It is an https address without a query, such as https://service.example.", field=name)


def _check_sender(name: str, value: str) -> None:
    try:
        split_url(value)
    except NotSent:
        raise BadInput("It is an https address.", field=name) from None


_CHECKS: Final = {
    "from_name": _check_name,
    "from_address": _check_address,
    "pages_url": _check_pages,
    "sms_url": _check_sender,
    "chat_url": _check_sender,
}
