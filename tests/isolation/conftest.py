"""Both brands hold a customer under the same natural key, with text that says whose it is."""

import pytest

from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx


@pytest.fixture
def twins(committed: None, acme: BrandRef, globex: BrandRef) -> tuple[BrandRef, BrandRef]:
    for brand in (acme, globex):
        with brand_tx(brand):
            Customer.objects.create(external_id="c-1", name=brand.slug)
    return acme, globex


def name_of_c1() -> str | None:
    """Read the twin customer's name through whatever door is open."""
    return Customer.objects.values_list("name", flat=True).get(external_id="c-1")
