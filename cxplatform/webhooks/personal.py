"""What this app's tables hold: nothing of customers but their ids."""

from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless
from cxplatform.webhooks.models import WebhookDelivery, WebhookEndpoint

_OWN = harmless("the brand's own")

describe(
    WebhookEndpoint,
    {
        "url": _OWN,
        "description": _OWN,
        "events": harmless("names of events"),
        "secret": harmless("sealed"),
        "previous_secret": harmless("sealed"),
    },
)
describe(
    WebhookDelivery,
    {
        "event": harmless("the name of an event"),
        "payload": harmless("ids, kinds and numbers"),
        "log": harmless("moments and statuses"),
    },
)
