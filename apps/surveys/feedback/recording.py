"""Feedback that comes by itself, such as a comment on a social network: recorded or imported."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.customers.models import Customer
from apps.customers.serving import insist_on_serving, served_by
from apps.surveys.feedback.marks import TOPIC, words_changed
from apps.surveys.models import FeedbackItem, FeedbackSource
from cxplatform.errors import Forbidden
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.guards import Write
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind
from cxplatform.imports.text_types import LANGUAGE, Choice, Text

RECORDED: Final = tuple(kind for kind in FeedbackSource.values if kind != FeedbackSource.SURVEY)


def _enrich_anew(changed: Mapping[RowKey, State], now: datetime) -> None:
    words = ("text", "language")
    other = [
        state.id
        for state in changed.values()
        if state.stored is None or any(state.stored[name] != state.values[name] for name in words)
    ]
    if other:
        words_changed(other, now)


FEEDBACK = Kind(
    name="feedback",
    model=FeedbackItem,
    topic=TOPIC,
    time_column="occurred_at",
    own_columns=(
        Column("kind", Choice(RECORDED), required=True),
        Column("text", Text(100_000), required=True),
        Column("occurred_at", Instant(), required=True),
        Column("customer", CUSTOMER_ID, reference=CUSTOMER),
        Column("language", LANGUAGE),
    ),
    settle=_enrich_anew,
)


def record_feedback(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> FeedbackItem:
    """Store something a customer said in words. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Whoever sees only its own work records what customers said that it
    serves. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(
        actor, "feedback", values, action="record_feedback", now=now, is_own=_of_served_customer, check=_serves_customer
    )
    return FeedbackItem.objects.get(pk=key)


def _of_served_customer(member_id: UUID, item_id: UUID) -> bool:
    served = Customer.objects.filter(served_by(member_id))
    return FeedbackItem.objects.filter(pk=item_id, customer__in=served).exists()


def _serves_customer(member_id: UUID, write: Write) -> None:
    if "customer" not in write.named:
        raise Forbidden("You do not serve this customer.", field="customer")
    insist_on_serving(member_id, write.named["customer"])
