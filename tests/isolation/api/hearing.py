"""In a brand's world: a customer that was asked, answered, and was heard."""

from datetime import datetime

from apps.surveys.models import (
    Campaign,
    FeedbackItem,
    FollowUp,
    FollowUpRule,
    FormerToken,
    GivenAnswer,
    Invitation,
    InvitationEvent,
    PageEntry,
    PageSettings,
    Question,
    SurveyResponse,
    SurveySending,
    SurveyVersion,
    Theme,
)
from cxplatform.webhooks.models import WebhookDelivery, WebhookEndpoint


def hear(response: SurveyResponse, text: str, at: datetime) -> None:
    """Make one of everything between the asking of `response` and the follow-up it caused; `text` is what words are."""
    customer, touchpoint, survey = response.customer, response.touchpoint, response.survey
    form = SurveyVersion.objects.create(
        survey=survey, number=1, state="PUBLISHED", default_language="en", texts={"en": {"thanks": text}},
        created_at=at, published_at=at,
    )  # fmt: skip
    question = Question.objects.create(version=form, key="why", position=1, kind="TEXT", texts={"en": {"title": text}})
    campaign = Campaign.objects.create(
        key="campaign-1", name=text, survey=survey, state="RUNNING", state_since=at, trigger="TOUCHPOINT_EVENT",
        touchpoint=touchpoint, channel="EMAIL", created_at=at, updated_at=at,
    )  # fmt: skip
    invitation = Invitation.objects.create(
        external_id="in-1", survey=survey, form=form, campaign=campaign, occasion="o-1", customer=customer,
        interaction_external_id=response.interaction_external_id, touchpoint=touchpoint, channel="EMAIL",
        state="ANSWERED", sent_at=at, answered_at=at, token_hash=b"\1" * 32,
    )  # fmt: skip
    InvitationEvent.objects.create(invitation=invitation, state="ANSWERED", at=at)
    FormerToken.objects.create(token_hash=b"\2" * 32, invitation=invitation)
    SurveySending.objects.create(
        from_name=text, from_address="asks@brand.example", sender_secret=b"s", report_secret=b"s", updated_at=at
    )
    PageEntry.objects.create(invitation=invitation, word="ANSWER", question="why", value=text, at=at)
    PageSettings.objects.create(origins=["https://shop.example.com"], updated_at=at)
    GivenAnswer.objects.create(invitation=invitation, question=question, text=text, given_at=at)
    theme = Theme.objects.create(
        name=text, terms=[text], language="en", first_seen=at, created_at=at, updated_at=at
    )  # fmt: skip
    FeedbackItem.objects.create(
        external_id="f-1", kind="SURVEY", text=text, occurred_at=at, customer=customer, survey_response=response,
        theme=theme, theme_fit=0.5, score=-0.5, label="NEGATIVE", confidence=0.9, enriched_at=at,
        detected_language="en",
    )  # fmt: skip
    FollowUp.objects.create(
        survey_response=response, customer=customer, touchpoint=touchpoint, state="OPEN", state_since=at, due_at=at,
        assignee=text, note=text, created_at=at, updated_at=at,
    )  # fmt: skip
    FollowUpRule.objects.create(survey=survey, score=6, due_hours=8, recent_days=7, updated_at=at)
    endpoint = WebhookEndpoint.objects.create(
        url=f"https://{text}.example/", description=text, events=["response.received"], state="ACTIVE",
        secret=b"sealed", created_at=at, updated_at=at,
    )  # fmt: skip
    WebhookDelivery.objects.create(
        endpoint=endpoint, event="response.received", payload={"data": text}, state="DELIVERED", created_at=at,
        ended_at=at, log=[{"at": at.isoformat(), "status": 200, "why": None, "milliseconds": 5}],
    )  # fmt: skip
