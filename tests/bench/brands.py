"""Brands for a benchmark that wants many."""

from dataclasses import replace

from django.utils import timezone

from apps.accounts.models import Brand
from apps.accounts.provisioning import make_whole
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests import cluster


def more_brands(count: int) -> list[BrandRef]:
    """Return so many active brands, the session's two among them."""
    brands = [cluster.ACME, cluster.GLOBEX][:count]
    for number in range(len(brands), count):
        brand = replace(cluster.ACME, id=uuid7(), slug=f"brand-{number}", name=f"Brand {number}")
        details = {key: value for key, value in vars(brand).items() if key not in ("status", "zone")}
        with shared_tx():
            Brand.objects.create(status="REQUESTED", created_at=timezone.now(), **details)
        make_whole(brand.id, now=timezone.now())
        brands.append(brand)
    return brands
