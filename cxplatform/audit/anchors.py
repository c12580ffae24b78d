"""Anchors: the heads of brands' chains, written into the provider's own, so that a chain cut short is found out.

Whoever cuts or rewrites a brand's trail would have to rewrite the provider's from there on too, and whoever keeps the
printed head of that one elsewhere sees it.
"""

from collections.abc import Iterator

import orjson
from django.utils import timezone

from cxplatform.audit.actors import SYSTEM
from cxplatform.audit.chain import head_of_trail
from cxplatform.audit.links import Head
from cxplatform.audit.models import AuditEvent
from cxplatform.audit.trail import Subject, record_change
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx

ANCHOR = "anchor_trail"
TRAIL = "AuditTrail"
_PAGE = 1_000


def anchor_trail(brand: BrandRef) -> None:
    """Write down where the brand's chain ends, if it has grown since it was last written down."""
    with brand_tx(brand, read_only=True):
        head = head_of_trail()
    with shared_tx():
        known = AuditEvent.objects.filter(**_of(brand.schema)).order_by("-sequence").first()
        if head.sequence > (_anchored(known).sequence if known else 0):
            record_change(
                actor=SYSTEM,
                action=ANCHOR,
                subject=Subject(TRAIL, brand.schema, brand.slug),
                now=timezone.now(),
                after=vars(head),
                brand_ids=[brand.id],
            )


def anchors_of(schema: str) -> Iterator[Head]:
    """Stream the anchors of a brand's chain in order; opens shared doors, a page each."""
    seen = 0
    while True:
        with shared_tx(read_only=True):
            page = AuditEvent.objects.filter(**_of(schema), sequence__gt=seen).order_by("sequence")
            found = list(page[:_PAGE])
        if not found:
            return
        yield from map(_anchored, found)
        seen = found[-1].sequence


def _of(schema: str) -> dict[str, str]:
    return {"action": ANCHOR, "object_type": TRAIL, "object_id": schema}


def _anchored(event: AuditEvent) -> Head:
    return Head(**orjson.loads(event.after or "{}"))
