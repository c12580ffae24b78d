"""Where it is told that answers came, and that follow-ups changed, once the open door has committed."""

from uuid import UUID

from apps.interactions.topics import tell
from cxplatform.tenancy.doors import current_brand
from cxplatform.tenancy.topics import topic


def responses_topic(brand_id: UUID) -> str:
    return topic(brand_id, "responses")


def follow_ups_topic(brand_id: UUID) -> str:
    return topic(brand_id, "follow-ups")


def tell_responses() -> None:
    tell([responses_topic(current_brand().id)])


def tell_follow_ups() -> None:
    tell([follow_ups_topic(current_brand().id)])
