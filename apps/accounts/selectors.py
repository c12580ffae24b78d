"""Reads of the shared schema. Each runs inside the shared door, which the caller opens."""

from collections.abc import Collection
from dataclasses import fields
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import ApiKey, Brand, Grant, Member
from apps.accounts.snapshots import BrandSnapshot
from apps.accounts.viewer import Viewer
from cxplatform.errors import NotFound

# A provider's credential lists its brands at sign-in; a fleet is cells of about this many.
MAX_BRANDS_LISTED = 5_000
# Brands in these states can be worked in or waited for; the others are listed with their status.
_SNAPSHOT = tuple(field.name for field in fields(BrandSnapshot))


def key_by_public_id(public_id: str) -> ApiKey | None:
    """Return the key with its member and the member's brand; one query."""
    return ApiKey.objects.select_related("member__brand").filter(public_id=public_id).first()


def granted_brands(member_ids: Collection[UUID]) -> dict[UUID, tuple[BrandSnapshot, ...]]:
    """Return the brands the provider's people are granted, by member: by slug, in every status; one query."""
    granted = Brand.objects.filter(grants__member__in=member_ids).order_by("slug")
    brands: dict[UUID, list[BrandSnapshot]] = {}
    for member_id, *brand in granted.values_list("grants__member", *_SNAPSHOT)[: MAX_BRANDS_LISTED * len(member_ids)]:
        brands.setdefault(member_id, []).append(BrandSnapshot(*brand))
    return {member_id: tuple(found) for member_id, found in brands.items()}


def managed_members(viewer: Viewer) -> QuerySet[Member]:
    """Return the members whose keys this manager may make and revoke.

    Itself and its brands' own people; for the provider's managers also colleagues who work in none but its brands.
    """
    brand_ids = [brand.id for brand in viewer.brands]
    managed = Q(pk=viewer.member_id) | Q(brand_id__in=brand_ids)
    if viewer.is_provider:
        grants = Grant.objects.filter(member=OuterRef("pk"))
        colleague = Q(brand__isnull=True) & Exists(grants) & ~Exists(grants.exclude(brand_id__in=brand_ids))
        managed |= colleague
    return Member.objects.filter(managed)


def brand_named(slug: str) -> Brand:
    """Return the brand of this slug, for the operator's commands.

    Raises: NotFound.
    """
    brand: Brand | None = Brand.objects.filter(slug=slug).first()
    if brand is None:
        raise NotFound(f"There is no brand {slug}.", field="brand")
    return brand


def member_addressed(email: str) -> Member:
    """Return the member with this e-mail address, for the operator's commands.

    Raises: NotFound.
    """
    member: Member | None = Member.objects.filter(email=email.lower()).first()
    if member is None:
        raise NotFound(f"There is no member {email}.", field="email")
    return member
