"""What becomes of feedback when customers are merged or split: what was made of a row is whose that row is."""

from apps.customers.identities.holders import Change, register_follower
from apps.interactions.models import Interaction
from apps.surveys.models import FeedbackItem, SurveyResponse


def register() -> None:
    """Have feedback follow the rows it was made of; recorded feedback moves as any row does."""
    register_follower(follow_rows)


def follow_rows(change: Change) -> None:
    """Give feedback to whose its contact or its answer is by now."""
    contacts, answers = change.moved.get(Interaction, []), change.moved.get(SurveyResponse, [])
    FeedbackItem.objects.filter(interaction__in=contacts).update(customer=change.target)
    FeedbackItem.objects.filter(survey_response__in=answers).update(customer=change.target)
