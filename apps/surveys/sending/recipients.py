"""Where a customer is reached by a channel, from its row."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.customers.models import Customer
from apps.surveys.models import SendingChannel

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{3,29}\Z", re.ASCII)


def recipient_of(customer: Customer | None, channel: str) -> str | None:
    """Return one address, number or, for chats, what the brand knows the customer by; None where there is none."""
    if customer is None:
        return None
    if channel == SendingChannel.EMAIL:
        return checked_email(customer.email)
    if channel == SendingChannel.SMS:
        return customer.phone if _PHONE.match(customer.phone or "") else None
    return customer.external_id


def checked_email(address: str | None) -> str | None:
    """Return an address that is exactly one: no list of them, no line end."""
    try:
        validate_email(address or "")
    except ValidationError:
        return None
    return address
