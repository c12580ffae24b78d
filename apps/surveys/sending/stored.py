"""What a brand set about its sending, read in the open door, and where its pages are."""

from apps.surveys.models import SendingChannel, SurveySending
from apps.surveys.models.sending import THE_ROW

# What the two secrets are sealed for.
SENDER, REPORTS = "sender", "reports"


def survey_sending() -> SurveySending | None:
    return SurveySending.objects.filter(pk=THE_ROW).first()


def is_set_up(sending: SurveySending | None, channel: str) -> bool:
    """Tell whether all that a channel needs is there."""
    if sending is None or not sending.pages_url:
        return False
    if channel == SendingChannel.EMAIL:
        return bool(sending.from_address)
    return bool(sender_url(sending, channel))


def sender_url(sending: SurveySending, channel: str) -> str | None:
    return {SendingChannel.SMS: sending.sms_url, SendingChannel.CHAT: sending.chat_url}.get(SendingChannel(channel))


def page_url(pages_url: str, token: str) -> str:
    """Return the address of an invitation's page."""
    return f"{pages_url.rstrip('/')}/s/{token}"
