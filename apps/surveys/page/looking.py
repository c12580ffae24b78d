"""What a token leads to, asked through the narrow door of its brand's inbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from apps.surveys.forms import Form
from apps.surveys.models import PageEntry, Question, SurveyVersion
from apps.surveys.reading_forms import assembled
from apps.surveys.sending.tokens import read_token
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_id
from cxplatform.tenancy.doors import inbox_tx
from cxplatform.tenancy.inboxes import look_up

# Whoever was answering as time ran out may end it; what comes so late is stored, and flagged.
GRACE: Final = timedelta(hours=1)
# No more than so many entries of an invitation wait for the worker: nobody answers so often.
MOST_ENTRIES: Final = 500
# A message may be opened before it is written down that it was sent.
_ANSWERABLE: Final = frozenset({"PLANNED", "SENT", "DELIVERED", "BOUNCED", "OPENED", "STARTED", "EXPIRED", "ANSWERED"})


@dataclass(frozen=True)
class Asked:
    """An invitation as its page knows it: nothing of the customer it asks."""

    brand: BrandRef
    invitation_id: UUID
    form: Form
    language: str | None
    state: str
    expires_at: datetime | None
    closed: bool
    entries: int
    origins: tuple[str, ...]

    def is_open(self, now: datetime) -> bool:
        """Tell whether it may be looked at to be answered."""
        in_time = self.expires_at is None or now < self.expires_at
        return in_time and self.state in _ANSWERABLE and not self.closed and self.entries < MOST_ENTRIES

    def takes_answers(self, now: datetime) -> bool:
        """Tell whether answers are taken: a little longer than it is open."""
        return self.is_open(now if self.expires_at is None or now >= self.expires_at + GRACE else now - GRACE)


def find(token: str) -> Asked | None:
    """Return what a token leads to, in whatever state it is; None for one that no active brand gave out."""
    read = read_token(token)
    if read is None:
        return None
    brand_id, digest = read
    brand = brand_by_id(brand_id)
    if brand is None or brand.status != ACTIVE:
        return None
    with inbox_tx(brand):
        found = look_up(PageEntry.inbox, digest)
    return None if found is None else _asked(brand, found)


def _asked(brand: BrandRef, found: Mapping[str, Any]) -> Asked:
    expires_at = found["expires_at"]
    return Asked(
        brand=brand,
        invitation_id=UUID(found["invitation"]),
        form=_form(found),
        language=found["language"],
        state=found["state"],
        expires_at=None if expires_at is None else datetime.fromisoformat(expires_at),
        closed=found["closed"],
        entries=found["entries"],
        origins=tuple(found["origins"]),
    )


def _form(found: Mapping[str, Any]) -> Form:
    return assembled(
        SurveyVersion(**found["version"]), found["kind"], (Question(**each) for each in found["questions"])
    )
