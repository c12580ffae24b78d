"""Stream a schema's trail in the order of its chain."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

from cxplatform.audit.links import Link
from cxplatform.audit.models import AuditEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx

_PAGE = 5_000


def links_of(brand: BrandRef | None) -> Iterator[Link]:
    """Yield every link of a brand's trail, of the provider's for None; opens a door for each page."""
    seen = 0
    while True:
        with _door(brand):
            rows = AuditEvent.objects.filter(sequence__gt=seen).order_by("sequence").values_list(*Link._fields)
            page = [Link(*row) for row in rows[:_PAGE]]
        yield from page
        if len(page) < _PAGE:
            return
        seen = page[-1].sequence


def _door(brand: BrandRef | None) -> AbstractContextManager[object]:
    return shared_tx(read_only=True) if brand is None else brand_tx(brand, read_only=True)
