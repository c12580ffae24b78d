"""Invitations sent by e-mail, through a real SMTP server."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from apps.customers.models import ConsentRecord, Customer
from apps.surveys.models import FormerToken, Invitation, SurveyVersion
from apps.surveys.sending.message_ids import invitation_of
from apps.surveys.sending.tokens import read_token
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.sending.asked import invite, make_campaign, point_mail_at, send, set_sending
from tests.surveys.sending.sink import Sink, sinking

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with sinking() as found:
        point_mail_at(settings, found.port)
        yield found


def test_a_mail_asks_in_the_customers_language_and_lets_it_leave(acme: BrandRef, sink: Sink) -> None:
    with brand_tx(acme):
        set_sending(acme)
        asked = invite(make_campaign(reminders=1))
        Customer.objects.update(language="de-AT")
    send(acme)
    (mail,) = sink.mails
    assert (mail["From"], mail["To"]) == ("Acme Shop <surveys@acme.example>", "ada@home.example")
    assert mail["Subject"] == "Ihre Bestellung"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = mail["List-Unsubscribe"].strip(" <>").removesuffix("/unsubscribe")
    token = page.removeprefix("https://asks.acme.example/s/")
    assert mail.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in mail.iter_parts())
    links = [f"{page}?a={score}" for score in range(11)]
    assert re.findall(r"https://\S+\?a=[0-9]+", text) == links
    assert re.findall(r'href="([^"]+\?a=[0-9]+)"', html) == links
    assert "Empfehlen Sie uns?" in text
    assert "0 = nie" in text
    assert '<html lang="de" dir="ltr">' in html
    assert "#7a1f5c" in html
    with brand_tx(acme):
        asked.refresh_from_db()
        read = read_token(token)
        assert read is not None
        assert (read[0], read[1]) == (acme.id, bytes(asked.token_hash or b""))
        assert f"<{asked.message_id}>" == mail["Message-ID"]
        assert (asked.state, asked.why, asked.sending_since) == ("SENT", None, None)
        assert asked.expires_at is not None
        assert asked.remind_at is not None
    assert invitation_of(asked.message_id or "") == asked.pk


def test_nothing_that_anybody_wrote_becomes_a_header_or_markup(acme: BrandRef, sink: Sink) -> None:
    evil = "Hi\r\nBcc: all@evil.example\r\n\r\n<script>x</script>"
    with brand_tx(acme):
        set_sending(acme, from_name='A "B" <c@evil.example>\u2028')
        campaign = make_campaign()
        SurveyVersion.objects.update(texts={"en": {"title": evil, "greeting": evil}})
        invite(campaign)
        for name, address in (("two", "a@home.example, b@home.example"), ("line", "a@home.example\nBcc: b@e.example")):
            invite(campaign, name)
            Customer.objects.filter(external_id=name).update(email=address)
    send(acme)
    (mail,) = sink.mails
    assert mail["Subject"] == "Hi Bcc: all@evil.example <script>x</script>"
    assert mail["Bcc"] is None
    assert str(mail["From"].addresses[0].addr_spec) == "surveys@acme.example"
    assert "<script>" not in mail.get_body(("html",)).get_content()
    with brand_tx(acme):
        assert set(Invitation.objects.exclude(state="SENT").values_list("external_id", "state", "why")) == {
            ("in-two", "SUPPRESSED", "NO_ADDRESS"),
            ("in-line", "SUPPRESSED", "NO_ADDRESS"),
        }


def test_who_is_refused_bounces_and_who_is_to_be_tried_again_waits(acme: BrandRef, sink: Sink) -> None:
    sink.refused = {"gone@home.example": "550 nobody", "grey@home.example": "451 later"}
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign()
        for name in ("gone", "grey", "ada"):
            invite(campaign, name)
    send(acme)
    assert sink.to == ["ada@home.example"]
    with brand_tx(acme):
        found = {row.occasion: row for row in Invitation.objects.all()}
        assert (found["gone"].state, found["gone"].why) == ("BOUNCED", "RECIPIENT_REFUSED")
        grey = found["grey"]
        assert (grey.state, grey.why, grey.tries, grey.token_hash) == ("PLANNED", "RECIPIENT_REFUSED", 1, None)
        assert grey.planned_for is not None
        assert grey.planned_for > timezone.now()
        Invitation.objects.filter(pk=grey.pk).update(planned_for=timezone.now(), tries=4)
    send(acme)
    with brand_tx(acme):
        assert Invitation.objects.get(pk=grey.pk).state == "BOUNCED"


def test_a_server_that_is_down_is_asked_once_and_nobody_is_lost(acme: BrandRef, settings: Any) -> None:
    before = timezone.now()
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign()
        invite(campaign, "ada")
        invite(campaign, "bob")
    point_mail_at(settings, 1)
    send(acme)
    with brand_tx(acme):
        assert sorted(Invitation.objects.values_list("state", "tries", "why"), key=str) == [
            ("PLANNED", 0, "UNREACHABLE"),
            ("PLANNED", 0, None),
        ]
        assert Invitation.objects.filter(planned_for__gt=before).count() == 2


def test_whom_nobody_answered_for_is_not_asked_again(acme: BrandRef, sink: Sink) -> None:
    sink.hangs_up_after = 1
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign()
        invite(campaign, "ada")
        invite(campaign, "bob")
    send(acme)
    assert len(sink.mails) == 1
    with brand_tx(acme):
        Invitation.objects.filter(state="PLANNED").update(planned_for=timezone.now())
    send(acme)
    assert sorted(sink.to) == ["ada@home.example", "bob@home.example"]
    with brand_tx(acme):
        assert set(Invitation.objects.values_list("state", "why")) == {("SENT", "UNSURE"), ("SENT", None)}


def test_a_reminder_has_a_link_of_its_own_and_the_first_one_still_leads_there(acme: BrandRef, sink: Sink) -> None:
    with brand_tx(acme):
        set_sending(acme)
        asked = invite(make_campaign(reminders=1))
    send(acme)
    with brand_tx(acme):
        Invitation.objects.update(remind_at=timezone.now())
    send(acme)
    send(acme)
    first, reminder = sink.mails
    assert (first["Subject"], reminder["Subject"]) == ("Your order", "Reminder: Your order")
    old, new = (_hash_of(mail) for mail in (first, reminder))
    with brand_tx(acme):
        row = Invitation.objects.get(pk=asked.pk)
        assert (row.state, row.reminded, row.remind_at, bytes(row.token_hash or b"")) == ("SENT", 1, None, new)
        assert [(bytes(each.token_hash), each.invitation_id) for each in FormerToken.objects.all()] == [(old, asked.pk)]


def test_who_said_no_meanwhile_is_not_reminded(acme: BrandRef, sink: Sink) -> None:
    with brand_tx(acme):
        set_sending(acme)
        asked = invite(make_campaign(reminders=1))
    send(acme)
    with brand_tx(acme):
        assert asked.customer_id is not None
        _refuse(asked.customer_id)
        Invitation.objects.update(remind_at=timezone.now())
    send(acme)
    assert len(sink.mails) == 1
    with brand_tx(acme):
        assert Invitation.objects.get().remind_at is None


def test_a_brand_that_set_nothing_sends_nothing(acme: BrandRef, sink: Sink) -> None:
    with brand_tx(acme):
        invite(make_campaign())
    send(acme)
    assert sink.mails == []
    with brand_tx(acme):
        row = Invitation.objects.get()
        assert (row.state, row.why, row.token_hash) == ("PLANNED", "NOT_SET_UP", None)


def _refuse(customer: UUID) -> None:
    ConsentRecord.objects.create(
        external_id="no", customer_id=customer, purpose="SURVEYS", granted=False, at=timezone.now()
    )


def _hash_of(mail: Any) -> bytes:
    token = mail["List-Unsubscribe"].strip(" <>").removesuffix("/unsubscribe").rpartition("/")[2]
    read = read_token(token)
    assert read is not None
    assert len(read[1]) == hashlib.sha256().digest_size
    return read[1]
