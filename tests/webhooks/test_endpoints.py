"""Endpoints over GraphQL: who may, what is shown, and what is never shown again."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.models import WebhookEndpoint
from cxplatform.webhooks.sealing import open_secret
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes

CREATE = """mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  secret endpoint { id url events state } userErrors { code field message } } }"""
GIVEN = {"url": "https://hooks.example/in?key=hidden", "events": ["follow_up.opened", "response.received"]}


def create(asker: Asker, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = asker.data(CREATE, {"input": {**GIVEN, **changes}})["createWebhookEndpoint"]
    return made


def act(asker: Asker, name: str, shown: str, **given: Any) -> Any:
    kind = f"{name[0].upper()}{name[1:]}Input!"
    document = f"mutation($input: {kind}) {{ {name}(input: $input) {{ {shown} userErrors {{ code field }} }} }}"
    return asker.data(document, {"input": given})[name]


def test_a_secret_is_shown_once_and_sealed(admin: Asker, acme: BrandRef) -> None:
    made = create(admin)
    secret = made["secret"]

    assert secret.startswith("whsec_")
    assert made["endpoint"]["events"] == GIVEN["events"]
    with brand_tx(acme):
        row = WebhookEndpoint.objects.get()
        assert (open_secret(row.secret, row.id), secret.encode() in bytes(row.secret)) == (secret, False)
    rotated = act(admin, "rotateWebhookSecret", "secret", id=made["endpoint"]["id"])
    assert rotated["secret"] not in (secret, None)
    written = [str((event.before, event.after, event.object_label)) for event in trail(acme)]
    assert not any(word in text for text in written for word in ("whsec_", "hidden"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "http://hooks.example/"}, "url"),
        ({"url": "https://user@hooks.example/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["response.lost"]}, "events"),
        ({"description": "x" * 201}, "description"),
    ],
)
def test_what_no_receiver_can_be_is_refused(admin: Asker, acme: BrandRef, changes: dict[str, Any], field: str) -> None:
    made = create(admin, **changes)

    assert ([error["field"] for error in made["userErrors"]], made["secret"]) == ([field], None)
    with brand_tx(acme):
        assert not WebhookEndpoint.objects.exists()


def test_only_who_manages_sees_and_changes_endpoints(admin: Asker, asker: MakeAsker, acme: BrandRef) -> None:
    key = create(admin)["endpoint"]["id"]
    for role in (Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER):
        other = asker(role)
        assert codes(other.ask("{ webhookEndpoints { totalCount } }")) == ["FORBIDDEN"]
        assert codes(other.ask(CREATE, {"input": GIVEN})) == ["FORBIDDEN"]
    assert act(admin, "disableWebhookEndpoint", "endpoint { state whyDisabled }", id=key)["endpoint"] == {
        "state": "DISABLED",
        "whyDisabled": "BY_HAND",
    }
    assert act(admin, "sendTestWebhook", "delivery { id }", id=key)["userErrors"][0]["code"] == "CONFLICT"
    assert act(admin, "enableWebhookEndpoint", "endpoint { state }", id=key)["endpoint"] == {"state": "ACTIVE"}
    sent = act(admin, "sendTestWebhook", "delivery { event state messageId log { status } }", id=key)["delivery"]
    assert (sent["event"], sent["state"], sent["log"]) == ("webhook.test", "WAITING", [])
    shown = admin.data("{ webhookDeliveries { nodes { messageId endpoint { url } } } }")["webhookDeliveries"]
    assert shown["nodes"] == [{"messageId": sent["messageId"], "endpoint": {"url": GIVEN["url"]}}]
    assert act(admin, "deleteWebhookEndpoint", "deleted", id=key)["deleted"] is True
    with brand_tx(acme):
        assert not WebhookEndpoint.objects.exists()


def test_another_brands_endpoint_is_not_found(admin: Asker, asker: MakeAsker, globex: BrandRef) -> None:
    theirs = create(asker(Role.BRAND_ADMIN, brand=globex))["endpoint"]["id"]
    for name in ("rotateWebhookSecret", "deleteWebhookEndpoint", "replayWebhookDeliveries", "sendTestWebhook"):
        kind = f"{name[0].upper()}{name[1:]}Input!"
        given = {"id": theirs, **({"failedSince": "2026-01-01T00:00:00Z"} if name.startswith("replay") else {})}
        document = f"mutation($input: {kind}) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}"
        assert codes(admin.ask(document, {"input": given})) == ["NOT_FOUND"]
    with brand_tx(globex):
        assert WebhookEndpoint.objects.get().previous_secret is None
