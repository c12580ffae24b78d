"""Find brands in the shared schema and return them as values."""

from uuid import UUID

from django_tenants.utils import get_tenant_model

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx

ACTIVE, SUSPENDED = "ACTIVE", "SUSPENDED"
_FIELDS = ("id", "slug", "name", "time_zone", "currency", "locale", "status")


def brand_by_id(brand_id: UUID) -> BrandRef | None:
    """Return the brand in whatever status it is, or None. One query in a shared door of its own."""
    return _one(id=brand_id)


def brand_by_slug(slug: str) -> BrandRef | None:
    """Return the brand in whatever status it is, or None. One query in a shared door of its own."""
    return _one(slug=slug)


def active_brands() -> list[BrandRef]:
    """List the active brands by id: for the fleet's tools alone, which walk from brand to brand."""
    return _in_status(ACTIVE)


def made_brands() -> list[BrandRef]:
    """List the brands that have a schema, suspended ones too, by id: for the fleet's tools alone."""
    return _in_status(ACTIVE, SUSPENDED)


def _in_status(*wanted: str) -> list[BrandRef]:
    with shared_tx(read_only=True):
        rows = get_tenant_model().objects.filter(status__in=wanted).order_by("id").values(*_FIELDS)
        return [BrandRef(**row) for row in rows]


def _one(**lookup: object) -> BrandRef | None:
    with shared_tx(read_only=True):
        row = get_tenant_model().objects.filter(**lookup).values(*_FIELDS).first()
    return BrandRef(**row) if row else None
