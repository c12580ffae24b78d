"""An invitation to a small form, as it is once it was sent, and a browser without JavaScript in small."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from apps.surveys.models import Invitation, Question, Survey, SurveyVersion
from apps.surveys.sending.tokens import new_token, read_token
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

THANKS = "We read every word."
GREETING = "You called us."
QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "score", "kind": "NPS", "required": True, "low": 0, "high": 10,
        "texts": {
            "en": {"title": "Would you recommend us?", "lowest": "Not at all", "highest": "Certainly"},
            "ar": {"title": "هل توصي بنا؟", "lowest": "إطلاقًا", "highest": "بالتأكيد"},
        },
        "branches": [{"to": "why", "at_most": 6}, {"to": "good"}],
    },
    {
        "key": "why", "kind": "TEXT", "texts": {"en": {"title": "What went wrong?"}, "ar": {"title": "ما المشكلة؟"}},
        "branches": [{"to": "more"}],
    },
    {
        "key": "good", "kind": "MULTIPLE_CHOICE",
        "texts": {"en": {"title": "What was good?", "help": "Several may be."}},
        "choices": [{"key": "price", "texts": {"en": "The price"}}, {"key": "staff", "texts": {"en": "The staff"}}],
    },
    {"key": "more", "kind": "CSAT", "low": 1, "high": 5, "texts": {"en": {"title": "And our staff?"}}},
]  # fmt: skip


def invite(brand: BrandRef, *, language: str = "en", expires_in: timedelta = timedelta(days=7), **values: Any) -> str:
    """Ask a customer about an interaction; return the token that the message had in it."""
    token, hashed = new_token(brand)
    now = timezone.now()
    with brand_tx(brand):
        survey, _ = Survey.objects.get_or_create(key="nps", defaults={"kind": "NPS", "scope": "TRANSACTIONAL"})
        form = _form(survey)
        customer, _ = Customer.objects.get_or_create(external_id="c-1", defaults={"source": "crm", "name": "Ada"})
        Interaction.objects.get_or_create(
            source="crm", external_id="i-1", defaults={"channel": "CHAT", "opened_at": now - timedelta(days=2)}
        )
        Invitation.objects.create(
            **{
                "source": "crm", "external_id": f"invitation-{token[-8:]}", "survey": survey, "form": form,
                "customer": customer, "interaction_external_id": "i-1", "channel": "EMAIL", "state": "SENT",
                "language": language, "sent_at": now - timedelta(days=1), "token_hash": hashed,
                "expires_at": now + expires_in, **values,
            }
        )  # fmt: skip
    return token


def _form(survey: Survey) -> SurveyVersion:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    form, made = SurveyVersion.objects.get_or_create(
        survey=survey, number=1,
        defaults={
            "state": "PUBLISHED", "default_language": "en", "created_at": at, "published_at": at,
            "texts": {"en": {"title": "Your opinion", "greeting": GREETING, "thanks": THANKS},
                      "ar": {"title": "رأيك", "greeting": "لقد اتصلت بنا.", "thanks": "شكرًا"}},
            "look": {"accent": "#7a1f5c"},
        },
    )  # fmt: skip
    if made:
        for position, question in enumerate(QUESTIONS):
            Question.objects.create(version=form, position=position, **question)
    return form


def invitation_of(token: str) -> Invitation:
    """Return the row, in the open door."""
    read = read_token(token)
    assert read is not None
    return Invitation.objects.get(token_hash=read[1])
