"""The adapters there are. A new one is named here and in docs/adapters.md."""

from apps.interactions.adapters.adapter import Adapter
from apps.interactions.adapters.genesys.adapter import GENESYS
from apps.interactions.adapters.intercom.adapter import INTERCOM
from apps.interactions.adapters.mapped.adapter import MAPPED
from apps.interactions.adapters.twilio.adapter import TWILIO
from apps.interactions.adapters.zendesk.adapter import ZENDESK

_ALL = (
    GENESYS,
    INTERCOM,
    MAPPED,
    TWILIO,
    ZENDESK,
)
ADAPTERS: dict[str, Adapter] = {adapter.name: adapter for adapter in _ALL}
