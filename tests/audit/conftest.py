"""Askers as in the tests of GraphQL, and the trail as a brand's or the provider's door shows it."""

from cxplatform.audit.models import AuditEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.graphql.conftest import asker

__all__ = ["asker"]


def trail(brand: BrandRef | None) -> list[AuditEvent]:
    """Read a brand's whole trail, the provider's for None."""
    with brand_tx(brand, read_only=True) if brand else shared_tx(read_only=True):
        return list(AuditEvent.objects.order_by("sequence"))
