"""E-mails by a provider's API and its reports, through anymail; a server of ours answers as the provider does."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory
from django.utils import timezone

from apps.customers.models import ConsentRecord
from apps.surveys.models import Invitation
from apps.surveys.sending.reports.tracking import tracking_urls
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.sending.asked import invite, make_campaign, send, set_sending
from tests.webhooks.receiver import Receiver, receiving

pytestmark = pytest.mark.usefixtures("committed")

TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "SubmittedAt": "2026-03-02T10:00:00Z"}


@pytest.fixture
def provider(settings: Any) -> Iterator[Receiver]:
    with receiving() as found:
        settings.CX_EMAIL_PROVIDER = "postmark"
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "t",
            "POSTMARK_API_URL": f"http://127.0.0.1:{found.port}/",
            "WEBHOOK_SECRET": "user:password",
        }
        yield found


def test_a_provider_takes_a_mail_and_reports_of_it(acme: BrandRef, provider: Receiver) -> None:
    provider.answer = json.dumps(TAKEN | {"To": "ada@home.example"}).encode()
    with brand_tx(acme):
        set_sending(acme)
        asked = invite(make_campaign())
    send(acme)
    (got,) = provider.got
    said = json.loads(got.body)
    assert said["Metadata"] == {"brand": str(acme.id), "invitation": str(asked.pk)}
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "message_id")) == [("SENT", "pm-1")]

    event = {
        "RecordType": "SpamComplaint",
        "MessageID": "pm-1",
        "Type": "SpamComplaint",
        "TypeCode": 100001,
        "BouncedAt": timezone.now().isoformat(),
        "Email": "ada@home.example",
        "Metadata": said["Metadata"],
    }
    assert _report(event, "nobody:guesses") == 400
    assert _report(event, "user:password") == 200
    assert _report(event | {"Metadata": {}}, "user:password") == 200
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "why")) == [("DECLINED", "COMPLAINED")]
        assert list(ConsentRecord.objects.values_list("customer__external_id", "granted")) == [("ada", False)]


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [(401, "PLANNED", "PROVIDER_REFUSED"), (422, "PLANNED", "MESSAGE_REFUSED"), (500, "SENT", "UNSURE")],
)
def test_what_a_provider_answers_decides(acme: BrandRef, provider: Receiver, status: int, state: str, why: str) -> None:
    provider.statuses = [status]
    with brand_tx(acme):
        set_sending(acme)
        invite(make_campaign())
    send(acme)
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "why")) == [(state, why)]


def test_without_a_secret_no_reports_are_taken(provider: Receiver, settings: Any) -> None:
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t"}
    assert tracking_urls() == []


def _report(event: dict[str, Any], credentials: str) -> int:
    (included,) = tracking_urls()
    (view,) = included.url_patterns  # type: ignore[union-attr]  # it includes the provider's
    assert str(view.pattern) == "postmark/tracking/"
    basic = base64.b64encode(credentials.encode()).decode()
    request = RequestFactory().post(
        "/", json.dumps(event), content_type="application/json", headers={"Authorization": f"Basic {basic}"}
    )
    try:
        status: int = view.callback(request).status_code
    except SuspiciousOperation:
        # What Django answers for it.
        return 400
    return status
