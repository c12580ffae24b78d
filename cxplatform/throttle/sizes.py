"""Whose bucket is how large."""

from uuid import UUID

from django.conf import settings

from cxplatform.tenancy.brand import SHARED_SCHEMA, BrandRef
from cxplatform.tenancy.cache import entry_name
from cxplatform.throttle.buckets import Bucket

Pair = tuple[Bucket, ...]


def buckets_of(key_id: UUID, brand: BrandRef | None) -> Pair:
    """Return what a request of this key, in this brand, is charged to. Keys are shared data, whoever's they are."""
    key = Bucket(
        "key",
        entry_name(SHARED_SCHEMA, "throttle", "key", key_id),
        settings.CX_THROTTLE_KEY_POINTS,
        settings.CX_THROTTLE_KEY_POINTS_A_SECOND,
    )
    return (key,) if brand is None else (key, _brand(brand))


def _brand(brand: BrandRef) -> Bucket:
    return Bucket(
        "brand",
        entry_name(brand.schema, "throttle", "brand"),
        settings.CX_THROTTLE_BRAND_POINTS,
        settings.CX_THROTTLE_BRAND_POINTS_A_SECOND,
    )


def bucket_of_address(address: str) -> Bucket:
    """Return what a stranger's attempts are charged to."""
    return Bucket(
        "address",
        entry_name(SHARED_SCHEMA, "throttle", "address", address),
        settings.CX_THROTTLE_ADDRESS_ATTEMPTS,
        settings.CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND,
    )
