"""Short messages and chats handed to the brand's own sender, and what it reports back, over real HTTP."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.customers.models import ConsentRecord
from apps.surveys.models import Invitation, SendingChannel
from apps.surveys.sending.reports.http import MOST_BYTES
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.signing import signed_headers, verify
from tests.surveys.sending.asked import REPORT_SECRET, SENDER_SECRET, invite, make_campaign, send, set_sending
from tests.webhooks.receiver import Receiver, receiving

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with receiving() as found:
        yield found


@pytest.mark.parametrize(("channel", "to"), [("SMS", "+49 170 1234567"), ("CHAT", "ada")])
def test_a_sender_gets_a_signed_message_once(acme: BrandRef, receiver: Receiver, channel: str, to: str) -> None:
    with brand_tx(acme):
        set_sending(acme, sms_url=receiver.url, chat_url=receiver.url)
        asked = invite(make_campaign(channel=channel))
    send(acme)
    send(acme)
    (got,) = receiver.got
    msg_id = verify([SENDER_SECRET], got.headers, got.body, now=time.time())
    said = json.loads(got.body)
    assert (said["type"], said["data"]["to"], said["data"]["channel"]) == ("survey.invitation", to, channel)
    assert said["data"]["text"] == f"Acme Shop: Would you recommend us? {said['data']['url']}"
    assert said["data"]["url"].startswith("https://asks.acme.example/s/")
    with brand_tx(acme):
        asked.refresh_from_db()
        assert (asked.state, asked.why, asked.message_id) == ("SENT", None, msg_id)


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [(422, "BOUNCED", "RECIPIENT_REFUSED"), (503, "PLANNED", "SENDER_FAILED"), (302, "PLANNED", "SENDER_FAILED")],
)
def test_what_a_sender_answers_decides(acme: BrandRef, receiver: Receiver, status: int, state: str, why: str) -> None:
    receiver.statuses = [status]
    with brand_tx(acme):
        set_sending(acme, sms_url=receiver.url)
        invite(make_campaign(channel="SMS"))
    send(acme)
    assert len(receiver.got) == 1
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "why", "sending_since")) == [(state, why, None)]


def test_no_request_goes_to_an_inner_address(acme: BrandRef, receiver: Receiver, settings: Any) -> None:
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = []
    with brand_tx(acme):
        set_sending(acme, sms_url=receiver.url.replace("http://", "https://"))
        invite(make_campaign(channel="SMS"))
    send(acme)
    assert receiver.got == []
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "why")) == [("PLANNED", "UNREACHABLE")]


def _post(body: bytes, *, secret: str = REPORT_SECRET, slug: str = "acme") -> Any:
    headers = signed_headers([secret], "msg_1", int(time.time()), body)
    return Client().post(f"/surveys/reports/{slug}", body, content_type="application/json", headers=headers)


def _report(kind: str, message_id: str, **data: str) -> bytes:
    said = {"type": kind, "timestamp": timezone.now().isoformat(), "data": {"message_id": message_id, **data}}
    return json.dumps(said).encode()


def test_reports_move_invitations_on_and_a_complaint_ends_asking(acme: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign(channel=SendingChannel.SMS)
        sent = {"state": "SENT", "sent_at": timezone.now()}
        invite(campaign, "ada", message_id="m-ada", **sent)
        bob = invite(campaign, "bob", message_id="the reminder", **sent)
        invite(campaign, "cleo", message_id="m-cleo", **sent)
    assert _post(_report("message.delivered", "m-ada")).status_code == 204
    assert _post(_report("message.bounced", f"{bob.pk.hex}-0a1b", reason="NO_SUCH_NUMBER")).status_code == 204
    complaint = _report("message.complained", "m-cleo")
    assert [_post(complaint).status_code, _post(complaint).status_code] == [204, 204]
    assert _post(_report("message.complained", "m-cleo")).status_code == 204
    with brand_tx(acme):
        assert set(Invitation.objects.values_list("occasion", "state", "why")) == {
            ("ada", "DELIVERED", None),
            ("bob", "BOUNCED", "NO_SUCH_NUMBER"),
            ("cleo", "DECLINED", "COMPLAINED"),
        }
        consents = ConsentRecord.objects.values_list("customer__external_id", "purpose", "channel", "granted")
        assert list(consents) == [("cleo", "SURVEYS", None, False)]


def test_nobody_else_reports_and_nothing_is_told_to_who_tries(acme: BrandRef, globex: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        invite(make_campaign(), state="SENT", sent_at=timezone.now(), message_id="m-ada")
    body = _report("message.bounced", "m-ada")
    wrong = [_post(body, secret=SENDER_SECRET), _post(body, slug="globex"), _post(body, slug="nobody")]
    unsigned = Client().post("/surveys/reports/acme", body, content_type="application/json")
    assert {(each.status_code, each.content) for each in [*wrong, unsigned]} == {
        (404, b'{"error": {"code": "NOT_FOUND", "message": "There is nothing here.", "field": null}}')
    }
    assert _post(b"x" * (MOST_BYTES + 1)).status_code == 413
    assert _post(_report("message.bounced", "unknown")).status_code == 404
    for odd in (b"", b"[]", b"{}", b'{"type": "message.bounced", "data": {"message_id": 5}, "timestamp": "now"}'):
        assert _post(odd).status_code == 400
    assert Client().get("/surveys/reports/acme").status_code == 405
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", flat=True)) == ["SENT"]
