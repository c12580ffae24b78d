"""A brand sets by what its surveys are sent: who may, what is refused, and that secrets are shown once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.surveys.models import Invitation, SurveySending
from apps.surveys.sending.secrets import unseal
from cxplatform.audit.models import AuditEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.surveys.sending.asked import invite, make_campaign

SET = """mutation($input: SetSurveySendingInput!) { setSurveySending(input: $input) {
  surveySending { fromName fromAddress pagesUrl smsUrl chatUrl } senderSecret reportSecret
  userErrors { code field } } }"""
READ = "{ surveySending { fromName smsUrl } }"
GIVEN = {"fromName": "Acme", "fromAddress": "asks@acme.example", "pagesUrl": "https://acme.example"}

pytestmark = pytest.mark.usefixtures("db")


def set_to(asker: Asker, **given: Any) -> Any:
    return asker.data(SET, {"input": given})["setSurveySending"]


def test_secrets_are_shown_when_they_are_made_and_never_again(admin: Asker, acme: BrandRef) -> None:
    assert admin.data(READ) == {"surveySending": None}
    made = set_to(admin, **GIVEN)
    again = set_to(admin, smsUrl="https://sms.example/send?key=1")
    renewed = set_to(admin, renewSecrets=True)

    assert made["surveySending"] == {**GIVEN, "smsUrl": None, "chatUrl": None}
    assert (again["senderSecret"], again["reportSecret"]) == (None, None)
    assert admin.data(READ)["surveySending"] == {"fromName": "Acme", "smsUrl": "https://sms.example/send?key=1"}
    secrets = {each[name] for each in (made, renewed) for name in ("senderSecret", "reportSecret")}
    assert len(secrets) == 4
    with brand_tx(acme):
        row = SurveySending.objects.get()
        assert unseal(row.sender_secret, acme, "sender") == renewed["senderSecret"]
        assert unseal(row.report_secret, acme, "reports") == renewed["reportSecret"]
        told = str(list(AuditEvent.objects.values("before", "after")))
        assert "sms.example" in told
        assert "key=1" not in told
        assert "whsec_" not in told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fromName", "Acme\r\nBcc: all@evil.example"),
        ("fromAddress", "asks@acme.example, all@evil.example"),
        ("fromAddress", "asks@acme.example\n"),
        ("pagesUrl", "http://acme.example"),
        ("pagesUrl", "https://acme.example/?a=1"),
        ("pagesUrl", "https://user@acme.example"),
        ("pagesUrl", 'https://acme.example/"onclick='),
        ("smsUrl", "http://sms.example"),
        ("chatUrl", "ftp://chat.example"),
    ],
)
def test_what_cannot_be_sent_by_is_refused(admin: Asker, acme: BrandRef, field: str, value: str) -> None:
    refused = set_to(admin, **{field: value})
    assert (refused["surveySending"], refused["senderSecret"]) == (None, None)
    assert refused["userErrors"] == [{"code": "BAD_USER_INPUT", "field": field}]
    with brand_tx(acme):
        assert not SurveySending.objects.exists()


def test_what_waited_for_it_is_due_at_once(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        invite(make_campaign(), why="NOT_SET_UP", planned_for=timezone.now() + timedelta(hours=1))
    set_to(admin, **GIVEN)
    with brand_tx(acme):
        row = Invitation.objects.get()
        assert row.why is None
        assert row.planned_for is not None
        assert row.planned_for <= timezone.now()


def test_who_configures_nothing_sets_nothing(asker: MakeAsker, acme: BrandRef) -> None:
    analyst = asker(Role.ANALYST)
    assert codes(analyst.ask(SET, {"input": GIVEN})) == ["FORBIDDEN"]
    assert codes(analyst.ask(READ)) == ["FORBIDDEN"]
    with brand_tx(acme):
        assert not SurveySending.objects.exists()
