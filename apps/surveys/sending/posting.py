"""Hand e-mails over, by Django's mail, and say of each what became of that."""

import smtplib
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from apps.surveys.sending.outgoing import Fate, Outcome
from apps.surveys.sending.providers import outcome_of_provider

_TEMPORARY = range(400, 500)


class Post:
    """A connection for several messages; opened when the first is handed over."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            # All that was taken was answered for before.
            return

    def hand_over(self, mail: EmailMultiAlternatives) -> Outcome:
        """Hand one message over. What goes wrong before anything of it is said is no doubt of it."""
        try:
            self._reach()
        except (smtplib.SMTPException, OSError):
            return Outcome(Fate.LATER, "UNREACHABLE", is_down=True)
        if settings.CX_EMAIL_PROVIDER:
            return outcome_of_provider(self._connection, mail)
        try:
            self._connection.send_messages([mail])
        except (smtplib.SMTPException, OSError) as error:
            return self._outcome_of(error)
        return Outcome(Fate.TAKEN)

    def _outcome_of(self, error: Exception) -> Outcome:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code = max(code for code, _ in error.recipients.values())
            return Outcome(Fate.LATER if code in _TEMPORARY else Fate.REFUSED, "RECIPIENT_REFUSED")
        if isinstance(error, smtplib.SMTPSenderRefused):
            # That is the brand's address, or the server has had enough: nothing that this customer could help.
            return Outcome(Fate.LATER, "SENDER_REFUSED", is_down=True)
        if isinstance(error, smtplib.SMTPResponseException):
            return Outcome(Fate.LATER, "MESSAGE_REFUSED")
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return Outcome(Fate.REFUSED, "BAD_ADDRESS")
        self._drop()
        return Outcome(Fate.UNSURE, "UNSURE", is_down=True)

    def _reach(self) -> None:
        """See that there is a server, one that did not hang up since the last message."""
        if isinstance(self._connection, EmailBackend) and self._connection.connection is not None:
            try:
                if self._connection.connection.noop()[0] == 250:
                    return
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        self._connection.open()

    def _drop(self) -> None:
        """Forget a connection that is of no more use."""
        dropped, self._connection = self._connection, get_connection()
        held = getattr(dropped, "connection", None)
        if isinstance(held, smtplib.SMTP):
            held.close()
