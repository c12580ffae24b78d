"""The ids of messages: each tells its invitation, for whoever reports what became of it. Pure."""

import secrets
from uuid import UUID

_RANDOM_BYTES = 8
_HEX = 32


def new_message_id(invitation: UUID, domain: str | None) -> str:
    """Make an id of a message: for the Message-ID of an e-mail with a domain, for a webhook without."""
    made = f"{invitation.hex}-{secrets.token_hex(_RANDOM_BYTES)}"
    return f"{made}@{domain}" if domain else made


def invitation_of(message_id: str) -> UUID | None:
    """Return the invitation that an id made here tells."""
    head, _, rest = message_id.strip("<>").partition("-")
    if len(head) != _HEX or not rest:
        return None
    try:
        return UUID(hex=head)
    except ValueError:
        return None
