"""What webhooks are told of answers and follow-ups: ids, kinds and numbers, and nothing that a customer said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.surveys.models import FollowUp, SurveyResponse
from cxplatform.graphql.global_ids import global_id
from cxplatform.webhooks.events import webhook_event
from cxplatform.webhooks.outbox import tell

RECEIVED: Final = webhook_event("response.received", "A customer answered a survey.")
OPENED: Final = webhook_event("follow_up.opened", "A low score opened a follow-up.")
DUE: Final = webhook_event("follow_up.due", "A follow-up is due and not done.")
CLOSED: Final = webhook_event("follow_up.closed", "A follow-up was done or dismissed.")


def told_responses(rows: Iterable[SurveyResponse], now: datetime) -> None:
    tell(RECEIVED, [_answer(row) for row in rows], now=now)


def told_follow_ups(event: str, rows: Iterable[FollowUp], now: datetime) -> None:
    tell(event, [_follow_up(row) for row in rows], now=now)


def _answer(row: SurveyResponse) -> dict[str, Any]:
    return {
        "surveyResponse": global_id("SurveyResponse", row.id),
        "survey": global_id("Survey", row.survey_id),
        "kind": row.kind,
        "score": row.score,
        "answeredAt": row.answered_at.isoformat(),
        "customer": _id("Customer", row.customer_id),
        "touchpoint": _id("Touchpoint", row.touchpoint_id or row.placed_id),
    }


def _follow_up(row: FollowUp) -> dict[str, Any]:
    return {
        "followUp": global_id("FollowUp", row.id),
        "surveyResponse": global_id("SurveyResponse", row.survey_response_id),
        "customer": _id("Customer", row.customer_id),
        "touchpoint": _id("Touchpoint", row.touchpoint_id),
        "department": _id("Department", row.department_id),
        "state": row.state,
        "dueAt": row.due_at.isoformat(),
        "outcome": row.outcome,
    }


def _id(kind: str, key: UUID | None) -> str | None:
    return None if key is None else global_id(kind, key)
