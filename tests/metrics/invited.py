"""Invitations to answer a survey, as rows tell them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from apps.surveys.models import GivenAnswer, Invitation, Question, Survey, SurveyVersion


def invite(row: Mapping[str, Any], number: int) -> Invitation:
    """Store an invitation; `in_part_at` is when its only scored question was answered, of several."""
    survey, _ = Survey.objects.get_or_create(key="asked", defaults={"kind": "NPS", "scope": "RELATIONAL"})
    sent_at, in_part_at = row["invited_at"], row.get("in_part_at")
    answered_at = row.get("first_answer_at")
    state = "BOUNCED" if row.get("bounced") else "ANSWERED" if answered_at else "STARTED" if in_part_at else "SENT"
    invitation = Invitation.objects.create(
        external_id=f"n{number}", survey=row.get("survey") or survey, channel=row.get("channel", "EMAIL"), state=state,
        sent_at=sent_at, expires_at=row.get("closes_at"), answered_at=answered_at, customer=row.get("customer"),
        language=row.get("language"), touchpoint=row.get("touchpoint"),
        started_at=in_part_at and sent_at + timedelta(seconds=1),
    )  # fmt: skip
    if in_part_at:
        GivenAnswer.objects.create(
            invitation=invitation, question=_question(survey, sent_at), score=7, given_at=in_part_at
        )
    return invitation


def _question(survey: Survey, at: Any) -> Question:
    form, _ = SurveyVersion.objects.get_or_create(
        survey=survey,
        number=1,
        defaults={"state": "PUBLISHED", "default_language": "en", "created_at": at, "published_at": at},
    )
    return Question.objects.get_or_create(version=form, key="score", defaults={"position": 1, "kind": "NPS"})[0]
