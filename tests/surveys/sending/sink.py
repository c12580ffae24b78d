"""An SMTP server on a port of its own that keeps what it takes, and refuses whom its tests name."""

import email
import email.policy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from cxplatform.embedded.ports import free_port


@dataclass
class Sink:
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    # What to answer to whom, such as "550 nobody here"; and after which message to hang up without an answer.
    refused: dict[str, str] = field(default_factory=dict)
    hangs_up_after: int | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def to(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  # aiosmtpd calls it so
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802  # as above
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        if self.hangs_up_after == len(self.mails):
            server.transport.abort()
        return "250 taken"


@contextmanager
def sinking() -> Iterator[Sink]:
    sink = Sink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=30)
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
