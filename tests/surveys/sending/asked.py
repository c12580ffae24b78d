"""A brand that asks: its form, its campaign, what it sends by, and customers about to be asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.customers.models import Customer
from apps.surveys.models import Campaign, Invitation, Question, Survey, SurveySending, SurveyVersion
from apps.surveys.sending.secrets import seal
from apps.surveys.sending.stored import REPORTS, SENDER
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SENDER_SECRET = "whsec_" + "c2VuZGVy" * 4
REPORT_SECRET = "whsec_" + "cmVwb3J0" * 4
TEXTS = {
    "en": {"title": "Your order", "greeting": "Thank you for buying.", "thanks": "Thanks!"},
    "de": {"title": "Ihre Bestellung", "greeting": "Danke für den Kauf.", "thanks": "Danke!"},
}
ASKED = {
    "en": {"title": "Would you recommend us?", "lowest": "never", "highest": "surely"},
    "de": {"title": "Empfehlen Sie uns?", "lowest": "nie", "highest": "sicher"},
}


def make_campaign(**changes: Any) -> Campaign:
    survey = Survey.objects.create(key="nps", kind="NPS", scope="TRANSACTIONAL")
    form = SurveyVersion.objects.create(
        survey=survey, number=1, state="PUBLISHED", default_language="en", texts=TEXTS,
        look={"accent": "#7a1f5c"}, created_at=AT, published_at=AT,
    )  # fmt: skip
    Question.objects.create(version=form, key="nps", position=1, kind="NPS", low=0, high=10, texts=ASKED)
    given = {
        "key": "after-order", "name": "After an order", "survey": survey, "state": "RUNNING", "state_since": AT,
        "trigger": "BY_HAND", "channel": "EMAIL", "created_at": AT, "updated_at": AT,
    }  # fmt: skip
    return Campaign.objects.create(**given | changes)


def set_sending(brand: BrandRef, **changes: Any) -> SurveySending:
    given = {
        "from_name": "Acme Shop", "from_address": "surveys@acme.example", "pages_url": "https://asks.acme.example",
        "sender_secret": seal(SENDER_SECRET, brand, SENDER), "report_secret": seal(REPORT_SECRET, brand, REPORTS),
        "updated_at": AT,
    }  # fmt: skip
    return SurveySending.objects.create(**given | changes)


def invite(campaign: Campaign, name: str = "ada", **changes: Any) -> Invitation:
    """Plan that a customer is asked, due an hour ago."""
    customer, _ = Customer.objects.get_or_create(
        external_id=name, defaults={"email": f"{name}@home.example", "phone": "+49 170 1234567", "language": "en"}
    )
    given = {
        "external_id": f"in-{name}", "survey": campaign.survey, "campaign": campaign, "occasion": name,
        "customer": customer, "channel": campaign.channel, "state": "PLANNED",
        "planned_for": timezone.now() - timedelta(hours=1),
    }  # fmt: skip
    return Invitation.objects.create(**given | changes)


def send(brand: BrandRef) -> None:
    """Have a worker do what is due."""
    with brand_tx(brand):
        enqueue("send-surveys", {}, now=timezone.now())
    run_due(brand, seconds=30)


def point_mail_at(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
