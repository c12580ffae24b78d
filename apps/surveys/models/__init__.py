from apps.surveys.models.campaign import Campaign, CampaignState, SendingChannel, Trigger
from apps.surveys.models.feedback import FeedbackItem, FeedbackSource, SentimentLabel, Theme
from apps.surveys.models.follow_up import DismissedWhy, FollowUp, FollowUpState, RecoveryOutcome
from apps.surveys.models.follow_up_rule import FollowUpRule
from apps.surveys.models.invitation import Invitation, InvitationEvent, InvitationState
from apps.surveys.models.page import GivenAnswer, PageEntry, PageSettings, PageWord
from apps.surveys.models.response import SurveyResponse
from apps.surveys.models.sending import FormerToken, SurveySending
from apps.surveys.models.survey import SCORE_RANGES, USUAL_SCOPES, Survey, SurveyKind, SurveyScope
from apps.surveys.models.version import FormState, Question, QuestionKind, SurveyVersion

__all__ = [
    "SCORE_RANGES",
    "USUAL_SCOPES",
    "Campaign",
    "CampaignState",
    "DismissedWhy",
    "FeedbackItem",
    "FeedbackSource",
    "FollowUp",
    "FollowUpRule",
    "FollowUpState",
    "FormState",
    "FormerToken",
    "GivenAnswer",
    "Invitation",
    "InvitationEvent",
    "InvitationState",
    "PageEntry",
    "PageSettings",
    "PageWord",
    "Question",
    "QuestionKind",
    "RecoveryOutcome",
    "SendingChannel",
    "SentimentLabel",
    "Survey",
    "SurveyKind",
    "SurveyResponse",
    "SurveyScope",
    "SurveySending",
    "SurveyVersion",
    "Theme",
    "Trigger",
]
