"""Making, suspending and resuming brands."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.models import Brand, Grant
from apps.accounts.permissions import Permission
from apps.accounts.provisioning import request_schema
from apps.accounts.viewer import Viewer
from cxplatform.audit.actors import OPERATOR, Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.iso import CURRENCIES
from cxplatform.zones import zone_names

_SLUG = re.compile(r"\A[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?\Z")
_LOCALE = re.compile(r"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z")


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
    actor.require(Permission.MANAGE_BRANDS)
    brand = _requested(details, now)
    _record(actor.actor, "create_brand", brand, now=now, after={**vars(details), "status": brand.status})
    Grant.objects.create(member_id=actor.member_id, brand=brand, created_at=now)
    return brand


def request_brand(*, details: BrandDetails, now: datetime) -> Brand:
    """Write the row REQUESTED and the job that makes it whole; for the operator's commands, which have no viewer."""
    brand = _requested(details, now)
    _record(OPERATOR, "request_brand", brand, now=now, after={**vars(details), "status": brand.status})
    return brand


def _requested(details: BrandDetails, now: datetime) -> Brand:
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
    actor.require(Permission.MANAGE_BRANDS)
    brand = _granted(actor, brand_id)
    if brand.status != Brand.Status.FAILED:
        raise Conflict(f"The brand is {brand.status}; only a FAILED one can be retried.")
    brand.status, brand.failure = Brand.Status.REQUESTED, ""
    brand.save(update_fields=["status", "failure"])
    _record_status(actor.actor, "retry_brand", brand, Brand.Status.FAILED, now=now)
    request_schema(brand.id, now=now)
    return brand


def suspend_brand(*, actor: Viewer, brand_id: UUID, now: datetime) -> Brand:
    """Close an active brand to its people until it is resumed. Its data stays; a suspended one stays as it is.

    Raises: Forbidden; NotFound; Conflict when it has not been made yet.
    """
    return _set_status(actor, "suspend_brand", brand_id, Brand.Status.SUSPENDED, now)


def resume_brand(*, actor: Viewer, brand_id: UUID, now: datetime) -> Brand:
    """Let a suspended brand work again; an active one stays as it is.

    Raises: Forbidden; NotFound; Conflict when it has not been made yet.
    """
    return _set_status(actor, "resume_brand", brand_id, Brand.Status.ACTIVE, now)


def _set_status(actor: Viewer, action: str, brand_id: UUID, status: Brand.Status, now: datetime) -> Brand:
    actor.require(Permission.MANAGE_BRANDS)
    brand = _granted(actor, brand_id)
    if brand.status not in (Brand.Status.ACTIVE, Brand.Status.SUSPENDED):
        raise Conflict(f"The brand is {brand.status}; only one that was made can be suspended and resumed.")
    was, brand.status = brand.status, status
    if was != status:
        brand.save(update_fields=["status"])
        _record_status(actor.actor, action, brand, was, now=now)
    return brand


def _record_status(actor: Actor, action: str, brand: Brand, was: str, *, now: datetime) -> None:
    _record(actor, action, brand, now=now, before={"status": was}, after={"status": brand.status})


def _record(actor: Actor, action: str, brand: Brand, **told: Any) -> None:
    subject = Subject("Brand", brand.id, brand.slug)
    record_change(actor=actor, action=action, subject=subject, brand_ids=[brand.id], **told)


def _granted(actor: Viewer, brand_id: UUID) -> Brand:
    if brand_id not in {brand.id for brand in actor.brands}:
        raise NotFound("No such brand.")
    brand: Brand = Brand.objects.select_for_update().get(pk=brand_id)
    return brand


def _check_details(details: BrandDetails) -> None:
    if not _SLUG.match(details.slug):
        raise BadInput("A slug has 1 to 50 of a-z, 0-9 and inner hyphens.", field="slug")
    if not 1 <= len(details.name.strip()) <= 200:
        raise BadInput("A name has 1 to 200 characters.", field="name")
    if details.time_zone not in zone_names():
        raise BadInput("This is not an IANA time zone, such as Europe/Berlin.", field="time_zone")
    if not _LOCALE.match(details.locale):
        raise BadInput("This is not a locale, such as en or pt-BR.", field="locale")
    if details.currency not in CURRENCIES:
        raise BadInput("This is not an ISO 4217 currency code, such as EUR.", field="currency")
    if len(details.vertical) > 50:
        raise BadInput("A vertical has at most 50 characters.", field="vertical")
