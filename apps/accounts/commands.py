"""Writes of the shared schema. Each runs inside the shared door, which the caller opens."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts import keys, selectors
from apps.accounts.models import ApiKey, Brand, Grant, Member
from apps.accounts.permissions import BRAND_ROLES, Permission, Role
from apps.accounts.provisioning import request_schema
from apps.accounts.viewer import Viewer
from cxplatform.errors import BadInput, Conflict, Forbidden, NotFound

_SLUG = re.compile(r"\A[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?\Z")
_LOCALE = re.compile(r"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z")
_CURRENCY = re.compile(r"\A[A-Z]{3}\Z")
_EMAIL = re.compile(r"\A[^@\s]{1,64}@[^@\s]{1,185}\Z")


@dataclass(frozen=True)
class BrandDetails:
    """What describes a new brand. `time_zone` is an IANA name, `locale` BCP 47, `currency` ISO 4217."""

    slug: str
    name: str
    time_zone: str
    locale: str = "en"
    currency: str = "USD"
    vertical: str = ""


def create_brand(*, actor: Viewer, details: BrandDetails, now: datetime) -> Brand:
    """Request a brand and grant it to its creator; a job makes it whole and active.

    Raises: Forbidden, BadInput naming the field, Conflict when the slug is taken.
    """
    _require(actor, Permission.MANAGE_BRANDS)
    brand = request_brand(details=details, now=now)
    Grant.objects.create(member_id=actor.member_id, brand=brand, created_at=now)
    return brand


def request_brand(*, details: BrandDetails, now: datetime) -> Brand:
    """Write the row REQUESTED and the job that makes it whole; for the operator's commands, which have no viewer."""
    _check_details(details)
    try:
        with transaction.atomic():
            brand: Brand = Brand.objects.create(created_at=now, **vars(details))
    except IntegrityError as error:
        raise Conflict("A brand with this slug exists.", field="slug") from error
    request_schema(brand.id, now=now)
    return brand


def retry_brand(*, actor: Viewer, brand_id: UUID, now: datetime) -> Brand:
    """Ask again for a brand whose making failed.

    Raises: Forbidden; NotFound; Conflict when it has not failed.
    """
    _require(actor, Permission.MANAGE_BRANDS)
    brand = _granted(actor, brand_id)
    if brand.status != Brand.Status.FAILED:
        raise Conflict(f"The brand is {brand.status}; only a FAILED one can be retried.")
    brand.status, brand.failure = Brand.Status.REQUESTED, ""
    brand.save(update_fields=["status", "failure"])
    request_schema(brand.id, now=now)
    return brand


def set_suspended(*, actor: Viewer, brand_id: UUID, suspended: bool) -> Brand:
    """Suspend an active brand, or let a suspended one work again. Its data stays.

    Raises: Forbidden; NotFound; Conflict when it is in neither state.
    """
    _require(actor, Permission.MANAGE_BRANDS)
    brand = _granted(actor, brand_id)
    if brand.status not in (Brand.Status.ACTIVE, Brand.Status.SUSPENDED):
        raise Conflict(f"The brand is {brand.status}.")
    brand.status = Brand.Status.SUSPENDED if suspended else Brand.Status.ACTIVE
    brand.save(update_fields=["status"])
    return brand


def add_member(
    *, email: str, name: str, role: Role, brand: Brand | None, now: datetime, grants: tuple[Brand, ...] = ()
) -> Member:
    """Add a person; for the operator's commands, which have no viewer.

    Raises: BadInput naming the field; Conflict when the e-mail address is taken.
    """
    if not _EMAIL.match(email):
        raise BadInput("This is not an e-mail address.", field="email")
    if (brand is not None) != (role in BRAND_ROLES):
        raise BadInput("A brand's people have a brand's role, the provider's a provider's.", field="role")
    member = Member(email=email.lower(), name=name, role=role.value, brand=brand, created_at=now)
    member.set_unusable_password()
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("A member with this e-mail address exists.", field="email") from error
    Grant.objects.bulk_create([Grant(member=member, brand=granted, created_at=now) for granted in grants])
    return member


def create_api_key(
    *,
    actor: Viewer,
    name: str,
    now: datetime,
    member_id: UUID | None = None,
    scope: str = "FULL",
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for the actor, or for a member it manages; return it with its token, which is shown this once.

    Raises: Forbidden; NotFound for a member that is not the actor's to manage; BadInput naming the field.
    """
    _require(actor, Permission.MANAGE)
    member = _managed_member(actor, member_id or actor.member_id)
    if expires_at is not None and expires_at <= now:
        raise BadInput("A key must expire in the future.", field="expires_at")
    return issue_key(member=member, name=name, scope=scope, expires_at=expires_at, now=now)


def issue_key(
    *, member: Member, name: str, now: datetime, scope: str = "FULL", expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key without asking who asks; for the operator's commands.

    Raises: BadInput naming the field.
    """
    if not 1 <= len(name.strip()) <= 100:
        raise BadInput("A key's name has 1 to 100 characters.", field="name")
    if scope not in ApiKey.Scope.values:
        raise BadInput("The scope is FULL or READ.", field="scope")
    new = keys.make_key()
    key = ApiKey.objects.create(
        member=member,
        name=name.strip(),
        public_id=new.public_id,
        secret_hash=new.secret_hash,
        scope=scope,
        created_at=now,
        expires_at=expires_at,
    )
    return key, new.token


def revoke_api_key(*, actor: Viewer, key_id: UUID, now: datetime) -> ApiKey:
    """Revoke a key for ever; a revoked one stays as it is.

    Raises: Forbidden; NotFound for a key that is not the actor's to manage.
    """
    _require(actor, Permission.MANAGE)
    key = ApiKey.objects.filter(pk=key_id).select_related("member").first()
    if key is None:
        raise NotFound("No such key.")
    _managed_member(actor, key.member_id, what="key")
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
    return key


def _require(actor: Viewer, permission: Permission) -> None:
    if not actor.may(permission):
        raise Forbidden("Your role may not do this.")


def _granted(actor: Viewer, brand_id: UUID) -> Brand:
    if brand_id not in {brand.id for brand in actor.brands}:
        raise NotFound("No such brand.")
    brand: Brand = Brand.objects.select_for_update().get(pk=brand_id)
    return brand


def _managed_member(actor: Viewer, member_id: UUID, *, what: str = "member") -> Member:
    found = selectors.managed_members(actor).filter(pk=member_id).first()
    if found is None:
        raise NotFound(f"No such {what}.")
    return found


def _check_details(details: BrandDetails) -> None:
    if not _SLUG.match(details.slug):
        raise BadInput("A slug has 1 to 50 of a-z, 0-9 and inner hyphens.", field="slug")
    if not 1 <= len(details.name.strip()) <= 200:
        raise BadInput("A name has 1 to 200 characters.", field="name")
    if details.time_zone not in zoneinfo.available_timezones():
        raise BadInput("This is not an IANA time zone, such as Europe/Berlin.", field="time_zone")
    if not _LOCALE.match(details.locale):
        raise BadInput("This is not a locale, such as en or pt-BR.", field="locale")
    if not _CURRENCY.match(details.currency):
        raise BadInput("This is not an ISO 4217 currency code, such as EUR.", field="currency")
    if len(details.vertical) > 50:
        raise BadInput("A vertical has at most 50 characters.", field="vertical")
