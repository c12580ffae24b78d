"""From which rows pieces of feedback are made, and what each says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Coalesce

from apps.interactions.models import Channel, Direction, Interaction
from apps.surveys.models import FeedbackSource, SurveyResponse

Span = tuple[datetime, datetime]
_KIND_OF_CHANNEL: Final = {
    Channel.PHONE: FeedbackSource.CALL,
    Channel.EMAIL: FeedbackSource.EMAIL,
    Channel.CHAT: FeedbackSource.CHAT,
    Channel.MESSAGING: FeedbackSource.CHAT,
    Channel.SOCIAL: FeedbackSource.SOCIAL,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says now, as its piece of feedback holds it."""

    kind: str
    text: str
    occurred_at: datetime
    customer_id: UUID | None
    language: str | None


def within(field: str, spans: Sequence[Span]) -> Q:
    """Return the condition that a moment lies in one of the spans."""
    condition = Q()
    for start, end in spans:
        condition |= Q(**{f"{field}__gte": start, f"{field}__lt": end})
    return condition


def said_in_contacts(spans: Sequence[Span]) -> dict[UUID, tuple[str, Said]]:
    """Return source and words of the contacts that customers began in these spans, by their ids."""
    rows = Interaction.objects.filter(within("opened_at", spans), direction=Direction.INBOUND).exclude(
        Q(text__isnull=True) | Q(text="")
    )
    read = ("pk", "source", "channel", "text", "opened_at", "customer_id", "language")
    return {
        pk: (source, Said(_KIND_OF_CHANNEL.get(Channel(channel), FeedbackSource.OTHER), *rest))
        for pk, source, channel, *rest in rows.values_list(*read)
    }


def said_in_answers(spans: Sequence[Span]) -> dict[UUID, tuple[str, Said]]:
    """Return source and words of the answers given in these spans, or about contacts opened in them, by their ids.

    Whose an answer is that names nobody, its contact tells.
    """
    contact = Interaction.objects.filter(source=OuterRef("source"), external_id=OuterRef("interaction_external_id"))
    whose = Coalesce("customer_id", Subquery(contact.values("customer_id")[:1]), output_field=UUIDField())
    about = Exists(contact.filter(within("opened_at", spans), customer__isnull=False))
    rows = SurveyResponse.objects.exclude(Q(comment__isnull=True) | Q(comment="")).annotate(whose=whose)
    read = ("pk", "source", "comment", "answered_at", "whose", "language")
    given = rows.filter(within("answered_at", spans)).values_list(*read)
    told = rows.filter(about, customer=None, interaction_external_id__isnull=False).values_list(*read)
    return {pk: (source, Said(FeedbackSource.SURVEY, *rest)) for pk, source, *rest in (*given, *told)}
