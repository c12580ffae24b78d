"""Let scored answers count: each is an answer as imports bring them, written as imports are.

So days are marked, answers placed and customers staged anew as ever. All that was answered so far says what a row is:
told once more, it is the same row.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import SCORE_RANGES, GivenAnswer, Invitation, QuestionKind, Survey
from apps.surveys.taking_in.customers import Named
from cxplatform.imports.upserts import upsert

_LONGEST_KEY: Final = 100


def count_answers(invitations: Iterable[Invitation], named: Mapping[UUID, Named], now: datetime) -> None:
    """Store the scored answers of these invitations, with what was said in words beside the survey's own."""
    rows = [row for each in invitations for row in _rows(each, named[each.pk])]
    if rows:
        upsert(SURVEY_RESPONSES, rows, now=now)


def _rows(invitation: Invitation, named: Named) -> list[dict[str, Any]]:
    given = list(invitation.answers.select_related("question").order_by("question__position"))
    scored = [each for each in given if each.question.kind in SCORE_RANGES and each.score is not None]
    main = invitation.survey.kind
    first = next((each for each in scored if each.question.kind == main), None)
    return [_row(invitation, named, each, given if each is first else ()) for each in scored]


def _row(invitation: Invitation, named: Named, answer: GivenAnswer, all_given: Sequence[GivenAnswer]) -> dict[str, Any]:
    kind = answer.question.kind
    told: dict[str, Any] = {
        "source": named.source,
        "external_id": f"invitation-{invitation.pk}-{answer.question.position}",
        "survey": invitation.survey.key if all_given else _survey_of(invitation.survey, answer),
        "kind": kind,
        "score": answer.score,
        "answered_at": answer.given_at,
        "customer": named.external_id,
        "touchpoint": invitation.touchpoint.key if invitation.touchpoint else None,
        "language": invitation.language,
        "comment": _comment(all_given),
    }
    # A contact is named within its source, as the invitation has it from there.
    if named.source == invitation.source:
        told["interaction"] = invitation.interaction_external_id
    if invitation.sent_at is not None and invitation.sent_at <= answer.given_at:
        told["sent_at"] = invitation.sent_at
    return {name: value for name, value in told.items() if value is not None or name == "comment"}


def _comment(given: Sequence[GivenAnswer]) -> str | None:
    """Return all that was said in words: what it is about is the survey's own question."""
    texts = [each.text for each in given if each.question.kind == QuestionKind.TEXT and each.text]
    return "\n\n".join(texts) or None


def _survey_of(survey: Survey, answer: GivenAnswer) -> str:
    """Return the key of what a further scored question counts as: a survey of its own kind and of the same scope."""
    question = answer.question
    key = f"{survey.key}.{question.key}"[-_LONGEST_KEY:]
    found, _ = Survey.objects.get_or_create(
        key=key, defaults={"name": key, "kind": question.kind, "scope": survey.scope}
    )
    return str(found.key)
