"""Hand messages to whoever delivers by their channel."""

from types import TracebackType

from django.utils import timezone

from apps.surveys.models import SendingChannel, SurveySending
from apps.surveys.sending.mail import mail_of
from apps.surveys.sending.outgoing import Fate, Outcome, Outgoing
from apps.surveys.sending.posting import Post
from apps.surveys.sending.secrets import Unsealable, unseal
from apps.surveys.sending.senders import hand_to_sender
from apps.surveys.sending.stored import SENDER, sender_url
from cxplatform.tenancy.brand import BrandRef


class Hands:
    """What a brand sends by, for several messages."""

    def __init__(self, brand: BrandRef, sending: SurveySending | None) -> None:
        self._brand = brand
        self._sending = sending
        self._post = Post()

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._post.__exit__(kind, error, at)

    def hand_over(self, message: Outgoing) -> Outcome:
        """Hand one message over and say what became of that."""
        if message.channel == SendingChannel.EMAIL:
            return self._by_mail(message)
        return self._to_sender(message)

    def _by_mail(self, message: Outgoing) -> Outcome:
        mail = mail_of(message)
        try:
            mail.message()
        except ValueError:
            # Django writes no header that would be two, and no address that is none.
            return Outcome(Fate.LATER, "MALFORMED")
        return self._post.hand_over(mail)

    def _to_sender(self, message: Outgoing) -> Outcome:
        url = sender_url(self._sending, message.channel) if self._sending else None
        if self._sending is None or url is None:
            return Outcome(Fate.LATER, "NOT_SET_UP")
        try:
            secret = unseal(self._sending.sender_secret, self._brand, SENDER)
        except Unsealable:
            return Outcome(Fate.LATER, "UNSEALABLE", is_down=True)
        return hand_to_sender(message, url, secret, timezone.now())
