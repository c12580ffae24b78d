"""The demo's brands and the people with roles in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.commands import BrandDetails, add_member, request_brand
from apps.accounts.models import Brand, Grant, Member
from apps.accounts.permissions import Role
from apps.accounts.provisioning import provision, request_schema
from config.demo.story.plans import Plan
from cxplatform.errors import Conflict
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import brand_by_slug
from cxplatform.tenancy.doors import shared_tx

_BRAND_ROLES = {"admin": Role.BRAND_ADMIN, "analyst": Role.ANALYST, "viewer": Role.VIEWER}
_PROVIDER_ROLES = {"admin": Role.PROVIDER_ADMIN, "supervisor": Role.SUPERVISOR}


@dataclass(frozen=True)
class Cast:
    """Who there is: the provider's people, and each brand's by slug, all by the names their keys have."""

    provider: dict[str, Member]
    brands: dict[str, dict[str, Member]]


def ensure_cast(plans: Sequence[Plan], now: datetime) -> Cast:
    """Make the rows of all brands and members that are not there yet, in one transaction.

    Raises: Conflict when a brand has a demo brand's slug but is not the demo's.
    """
    with shared_tx():
        brands = [_ensure_brand(plan, now) for plan in plans]
        provider = {
            name: _ensure_member(f"{name}@provider.example", role, None, now, tuple(brands))
            for name, role in _PROVIDER_ROLES.items()
        }
        return Cast(provider, {brand.slug: _ensure_people(brand, now) for brand in brands})


def ensure_whole(slug: str, now: datetime) -> BrandRef:
    """Have a brand's schema made, as the worker would, and return the brand.

    Raises: Conflict, with the reason, when it cannot be made.
    """
    brand = _found(slug)
    if brand.status == Brand.Status.FAILED:
        with shared_tx():
            Brand.objects.filter(pk=brand.id).update(status=Brand.Status.REQUESTED, failure="")
            request_schema(brand.id, now=now)
    if brand.status in (Brand.Status.REQUESTED, Brand.Status.FAILED):
        run_due(None)
        # Whoever was killed while making it still holds the job's lease; making it is safe to do twice.
        provision(brand.id)
        brand = _found(slug)
    if brand.status == Brand.Status.FAILED:
        with shared_tx(read_only=True):
            raise Conflict(f"The brand {slug} could not be made: {Brand.objects.get(pk=brand.id).failure}")
    return brand


def _found(slug: str) -> BrandRef:
    brand = brand_by_slug(slug)
    assert brand is not None, "its row was made just before"
    return brand


def _ensure_brand(plan: Plan, now: datetime) -> Brand:
    brand: Brand | None = Brand.objects.filter(slug=plan.slug).first()
    if brand is None:
        details = BrandDetails(plan.slug, plan.name, plan.time_zone, plan.locale, plan.currency, "retail")
        return request_brand(details=details, now=now)
    # A brand and its people are made together: without them it is somebody's own, which must not get made-up data.
    if not Member.objects.filter(brand=brand, email=_email("admin", plan.slug)).exists():
        raise Conflict(f"There is a brand {plan.slug} that the demo did not make; it needs a database of its own.")
    return brand


def _ensure_people(brand: Brand, now: datetime) -> dict[str, Member]:
    people = {name: _ensure_member(_email(name, brand.slug), role, brand, now) for name, role in _BRAND_ROLES.items()}
    agent = _ensure_member(f"agent.{brand.slug}@provider.example", Role.AGENT, None, now, (brand,))
    return people | {"agent": agent}


def _ensure_member(
    email: str, role: Role, brand: Brand | None, now: datetime, grants: tuple[Brand, ...] = ()
) -> Member:
    member = Member.objects.filter(email=email).first()
    if member is None:
        name = f"Demo {role.value.replace('_', ' ').lower()}"
        return add_member(email=email, name=name, role=role, brand=brand, now=now, grants=grants)
    for granted in grants:
        Grant.objects.get_or_create(member=member, brand=granted, defaults={"created_at": now})
    return member


def _email(name: str, slug: str) -> str:
    return f"{name}@{slug}.example"
