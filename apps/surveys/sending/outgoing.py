"""A message about to be handed over, and what can become of that. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from apps.surveys.forms import WordedForm


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one customer. `page` is the address with the token, which is stored nowhere."""

    invitation: UUID
    brand: UUID
    channel: str
    recipient: str
    page: str
    form: WordedForm
    survey_key: str
    brand_name: str
    sender: str
    message_id: str
    is_reminder: bool

    @property
    def unsubscribe(self) -> str:
        return f"{self.page}/unsubscribe"


class Fate(StrEnum):
    """Whether whoever delivers has the message. UNSURE: nobody answered, and it may have it."""

    TAKEN = "TAKEN"
    REFUSED = "REFUSED"
    LATER = "LATER"
    UNSURE = "UNSURE"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`is_down`: no more of this channel is handed over for now. `message_id`: what a provider calls it."""

    fate: Fate
    why: str | None = None
    is_down: bool = field(default=False, kw_only=True)
    message_id: str | None = field(default=None, kw_only=True)
