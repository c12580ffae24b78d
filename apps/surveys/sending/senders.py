"""Hand short messages and chats to the brand's own sender, as a signed webhook."""

import json
import ssl
import time
from datetime import datetime
from typing import Final

from apps.surveys.sending.content import one_line, short_text_of
from apps.surveys.sending.outgoing import Fate, Outcome, Outgoing
from cxplatform.webhooks.connecting import NotSent, connected
from cxplatform.webhooks.guarded import post, split_url
from cxplatform.webhooks.signing import signed_headers

TYPE: Final = "survey.invitation"
_SECONDS: Final = 15.0
_REACHING_SECONDS: Final = 5.0
_NOT_ITS_FAULT: Final = frozenset({401, 403, 404, 408, 425, 429})


def hand_to_sender(message: Outgoing, url: str, secret: str, now: datetime) -> Outcome:
    """Post one message. The sender has it if it answers 2xx, and has it not if it answers anything else.

    Whether anybody is there is tried before: after that, no answer means that it may have it.
    """
    if not _is_there(url):
        return Outcome(Fate.LATER, "UNREACHABLE", is_down=True)
    body = body_of(message, now)
    headers = {"Content-Type": "application/json"}
    headers |= signed_headers([secret], message.message_id, int(now.timestamp()), body)
    try:
        status = post(url, body, headers, timeout=_SECONDS).status
    except NotSent:
        return Outcome(Fate.UNSURE, "UNSURE", is_down=True)
    if 200 <= status < 300:
        return Outcome(Fate.TAKEN)
    if status in _NOT_ITS_FAULT or status >= 500 or status < 400:
        return Outcome(Fate.LATER, "SENDER_FAILED", is_down=True)
    return Outcome(Fate.REFUSED, "RECIPIENT_REFUSED")


def body_of(message: Outgoing, now: datetime) -> bytes:
    """Write what the sender gets (docs/sending.md)."""
    data = {
        "message_id": message.message_id,
        "invitation": str(message.invitation),
        "channel": message.channel,
        "to": message.recipient,
        "language": message.form.language,
        "text": short_text_of(message),
        "title": one_line(message.form.title),
        "url": message.page,
        "unsubscribe_url": message.unsubscribe,
        "survey": message.survey_key,
        "reminder": message.is_reminder,
    }
    return json.dumps({"type": TYPE, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False).encode()


def _is_there(url: str) -> bool:
    try:
        with connected(split_url(url), time.monotonic() + _REACHING_SECONDS):
            return True
    except (NotSent, ssl.SSLError, OSError):
        return False
