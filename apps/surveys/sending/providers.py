"""Hand an e-mail to a provider's API, through anymail."""

from typing import Any

from django.core.mail import EmailMultiAlternatives

from apps.surveys.sending.outgoing import Fate, Outcome

# "Too many", and keys that are none: the message is as good as before.
_NOT_ITS_FAULT = frozenset({401, 402, 403, 408, 429})


def outcome_of_provider(connection: Any, mail: EmailMultiAlternatives) -> Outcome:
    """Hand one message over. An answer of 5xx or none leaves it open whether the provider has it."""
    from anymail import exceptions  # noqa: PLC0415  # only where a provider is set

    try:
        connection.send_messages([mail])
    except exceptions.AnymailRecipientsRefused:
        return Outcome(Fate.REFUSED, "RECIPIENT_REFUSED")
    except exceptions.AnymailAPIError as error:
        return _of_status(error.status_code)
    except exceptions.AnymailError:
        # A setting that is missing or a feature that is: nothing was asked of anybody.
        return Outcome(Fate.LATER, "MISCONFIGURED", is_down=True)
    status = getattr(mail, "anymail_status", None)
    named = getattr(status, "message_id", None)
    return Outcome(Fate.TAKEN, message_id=named if isinstance(named, str) else None)


def _of_status(status: int | None) -> Outcome:
    if status in _NOT_ITS_FAULT:
        return Outcome(Fate.LATER, "PROVIDER_REFUSED", is_down=True)
    if status is not None and 400 <= status < 500:
        # Of an address, or of a setting: providers do not tell the two apart by their status.
        return Outcome(Fate.LATER, "MESSAGE_REFUSED")
    return Outcome(Fate.UNSURE, "UNSURE", is_down=True)
