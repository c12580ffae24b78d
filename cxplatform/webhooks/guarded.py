"""Requests to addresses that somebody else wrote down: they reach the public net and nothing inside of it.

The name is resolved once, all it leads to is checked, and the connection is made to the very address that was
checked; a name that answers otherwise the next moment (rebinding) gains nothing. Nothing is followed.
"""

import http.client
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from cxplatform.webhooks.connecting import Held, NotSent, Why, connected, usual_port

__all__ = ["Answer", "NotSent", "Why", "post", "split_url"]

_ANSWER_BYTES: Final = 16 * 1024
_URL: Final = re.compile(r"https?://[!-~]{1,2000}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status; of the body no more than the first 16 KiB."""

    status: int
    body: bytes


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> Answer:
    """Send a body and read the answer, all within the seconds given, or raise `NotSent`."""
    split = split_url(url)
    until = time.monotonic() + timeout
    try:
        with connected(split, until) as held:
            return _exchanged(held, split, body, headers)
    except TimeoutError:
        raise NotSent(Why.TIMED_OUT) from None
    except ssl.SSLError:
        raise NotSent(Why.TLS_FAILED) from None
    except http.client.HTTPException:
        raise NotSent(Why.BAD_ANSWER) from None
    except OSError:
        raise NotSent(Why.UNREACHABLE) from None


def split_url(url: str) -> SplitResult:
    """Say the parts of an address that can be sent to at all; its name is not looked up."""
    try:
        split = urlsplit(url)
        usable = bool(_URL.fullmatch(url) and split.hostname and split.port != 0)
    except ValueError:
        usable = False
    if not usable or "@" in split.netloc or split.fragment:
        raise NotSent(Why.BAD_URL)
    if split.scheme != "https" and not settings.CX_WEBHOOK_ALLOWED_NETWORKS:
        raise NotSent(Why.NOT_HTTPS)
    return split


def _exchanged(held: Held, split: SplitResult, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection = http.client.HTTPConnection(str(split.hostname), split.port or usual_port(split))
    connection.default_port = usual_port(split)
    connection.sock = held
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    connection.request("POST", path, body=body, headers={**headers, "Connection": "close"})
    answer = connection.getresponse()
    return Answer(answer.status, answer.read(_ANSWER_BYTES))
