"""Adding people."""

import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.models import Brand, Grant, Member
from apps.accounts.permissions import BRAND_ROLES, Role
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict

_EMAIL = re.compile(r"\A[^@\s]{1,64}@[^@\s]{1,185}\Z")


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
    record_change(
        actor=OPERATOR,
        action="add_member",
        subject=Subject("Member", member.id, name),
        now=now,
        after={"role": role.value, "brand": brand.slug if brand else None},
        brand_ids=[brand.id] if brand else [granted.id for granted in grants],
    )
    for granted in grants:
        _record_grant(member, granted, now)
    return member


def grant_brand(*, member: Member, brand: Brand, now: datetime) -> Grant:
    """Let one of the provider's people work in a brand; for the operator's commands. A grant given twice is one.

    Raises: BadInput, for somebody who belongs to a brand.
    """
    if member.brand_id is not None:
        raise BadInput("A brand's people work in their own brand alone.", field="email")
    grant, is_new = Grant.objects.get_or_create(member=member, brand=brand, defaults={"created_at": now})
    if is_new:
        _record_grant(member, brand, now)
    return grant


def brands_of(member: Member) -> list[UUID]:
    """List the brands that what is done to a member is about: its own, or those it is granted."""
    if member.brand_id is not None:
        return [member.brand_id]
    return list(Grant.objects.filter(member=member).values_list("brand_id", flat=True))


def _record_grant(member: Member, brand: Brand, now: datetime) -> None:
    """Tell the brand alone: it sees who of the provider may work in it, and not where else."""
    record_change(
        actor=OPERATOR,
        action="grant_brand",
        subject=Subject("Member", member.id, member.name),
        now=now,
        after={"brand": brand.slug, "role": member.role},
        brand_ids=[brand.id],
    )
