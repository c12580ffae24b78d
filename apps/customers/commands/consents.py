"""What customers allow and wish, and what holds for those who said nothing."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.commands.recording import of_served, served_customers
from apps.customers.consents.asking import is_opt_in
from apps.customers.models import ConsentPolicy, ConsentRecord, ContactPreference, Customer
from apps.customers.serving import insist_on_serving
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.imports.problems import Refused
from cxplatform.imports.text_types import LANGUAGE


def record_consent(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> ConsentRecord:
    """Store that a customer allowed or forbade contact; it is never changed. The same once more changes nothing.

    `values` are the columns of the import kind. Whoever sees only its own work records it of customers that it serves.
    Raises: Forbidden; RowRefused with every problem.
    """
    check = of_served("customer")
    key = record_as(actor, "consents", values, action="record_consent", now=now, is_own=_is_own, check=check)
    return ConsentRecord.objects.get(pk=key)


def set_contact_preferences(
    *,
    actor: Viewer,
    customer_id: UUID,
    channel: str | None,
    language: str | None,
    quiet: tuple[str | None, str | None],
    now: datetime,
) -> ContactPreference:
    """Keep how a customer wishes to be contacted; all of it. Quiet hours are HH:MM, both or none.

    Raises: Forbidden; NotFound; BadInput; Conflict where it was merged.
    """
    customer = _served_customer(actor, customer_id)
    begins, ends = _checked(quiet)
    wishes: dict[str, Any] = {"channel": channel, "language": _language(language), "quiet_from": begins,
                              "quiet_until": ends}  # fmt: skip
    before = ContactPreference.objects.filter(customer=customer).values(*wishes).first()
    made, _ = ContactPreference.objects.update_or_create(customer=customer, defaults={**wishes, "updated_at": now})
    if before != wishes:
        subject = Subject("Customer", customer.pk)
        record_change(
            actor=actor.actor, action="set_contact_preferences", subject=subject, now=now, before=before, after=wishes
        )
    return made


def _served_customer(actor: Viewer, customer_id: UUID) -> Customer:
    """Lock and return a customer whom somebody may record of. Raises: Forbidden; NotFound; Conflict."""
    actor.require(Permission.RECORD)
    if actor.only_own_work:
        insist_on_serving(actor.member_id, customer_id)
    customer = Customer.objects.select_for_update(no_key=True).filter(pk=customer_id).first()
    if customer is None:
        raise NotFound("There is no such customer.", field="customer")
    if customer.merged_into_id is not None:
        raise Conflict("This customer was merged into another one.", field="customer")
    return customer


def set_consent_policy(*, actor: Viewer, purpose: str, opt_in: bool, now: datetime) -> None:
    """Say whether those who said nothing may be contacted for a purpose. Raises: Forbidden."""
    actor.require(Permission.CONFIGURE)
    before = is_opt_in(purpose)
    ConsentPolicy.objects.update_or_create(purpose=purpose, defaults={"opt_in": opt_in})
    subject = Subject("ConsentPolicy", purpose, label=purpose)
    record_change(
        actor=actor.actor,
        action="set_consent_policy",
        subject=subject,
        now=now,
        before={"opt_in": before},
        after={"opt_in": opt_in},
    )


def _is_own(member_id: UUID, record_id: UUID) -> bool:
    return ConsentRecord.objects.filter(pk=record_id, customer__in=served_customers(member_id)).exists()


def _language(language: str | None) -> str | None:
    try:
        return LANGUAGE.from_text(language) if language else None
    except Refused as refused:
        raise BadInput(f"It {refused.message}.", field="language") from None


def _checked(quiet: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    if quiet == (None, None):
        return quiet
    for field, clock in zip(("quiet_from", "quiet_until"), quiet, strict=True):
        if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", clock or "", re.ASCII) is None:
            raise BadInput("A time of day is written HH:MM; give both or none.", field=field)
    if quiet[0] == quiet[1]:
        raise BadInput("Quiet hours end at another time than they begin.", field="quiet_until")
    return quiet
