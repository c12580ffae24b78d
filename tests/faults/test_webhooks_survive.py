"""A worker that dies having sent a webhook and before it could write so down: it is sent again, under its id."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.models import WebhookDelivery
from tests.faults.test_import_survives import KILLED, swept, work
from tests.webhooks.made import deliveries, endpoint, tell
from tests.webhooks.receiver import receiving

pytestmark = pytest.mark.usefixtures("committed")
LOCAL = {"CX_WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8"}


def test_a_webhook_arrives_at_least_once_under_one_id(acme: BrandRef, settings: Any) -> None:
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with receiving() as receiver:
        endpoint(acme, receiver.url, timezone.now())
        tell(acme, timezone.now(), {"score": 1})

        assert work(**LOCAL, CX_FAULT="webhook-after-post") == KILLED
        assert [(each.state, each.log) for each in deliveries(acme)] == [("WAITING", [])]
        with brand_tx(acme):  # the claim of the dead one runs out
            WebhookDelivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        assert swept() == [acme.id]
        assert work(**LOCAL) == 0

        (its,) = deliveries(acme)
        assert (its.state, its.tries) == ("DELIVERED", 1)
        assert [got.headers["webhook-id"] for got in receiver.got] == [its.message_id] * 2
