"""The one question that whatever contacts customers must ask first."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID

from apps.customers.consents.deciding import OPT_IN, Decision, Quiet, Said, Why, decide
from apps.customers.models import ConsentPolicy, ConsentRecord, ContactPreference, Customer
from cxplatform.tenancy.doors import current_brand


def may_contact(customer_ids: Collection[UUID], purpose: str, channel: str, at: datetime) -> dict[UUID, Decision]:
    """Say of each customer whether it may be contacted for a purpose by a channel at a moment, and why.

    An identity that was merged is answered for as its customer; quiet hours of all identities hold. Four statements,
    however many there are; a customer nobody knows may not be contacted. Runs in the open brand door.
    """
    owners = _owners(customer_ids)
    people = set(owners.values())
    said, quiet = _said(people, purpose), _quiet(people)
    opt_in, zone = is_opt_in(purpose), current_brand().zone
    decided = {
        key: decide(said.get(key, ()), quiet.get(key, ()), channel, at, zone=zone, opt_in=opt_in) for key in people
    }
    nobody = Decision(False, Why.UNKNOWN)
    return {key: decided[owners[key]] if key in owners else nobody for key in customer_ids}


def is_opt_in(purpose: str) -> bool:
    """Tell whether only who allowed it is contacted for a purpose."""
    stored = ConsentPolicy.objects.filter(pk=purpose).values_list("opt_in", flat=True).first()
    return OPT_IN[purpose] if stored is None else stored


def _owners(customer_ids: Collection[UUID]) -> dict[UUID, UUID]:
    rows = Customer.objects.filter(pk__in=list(customer_ids)).values_list("pk", "merged_into_id")
    return {key: into or key for key, into in rows}


def _said(people: Collection[UUID], purpose: str) -> dict[UUID, list[Said]]:
    found: dict[UUID, list[Said]] = defaultdict(list)
    rows = ConsentRecord.objects.filter(customer__in=list(people), purpose=purpose)
    for key, at, channel, granted in rows.values_list("customer_id", "at", "channel", "granted"):
        found[key].append(Said(at, channel, granted))
    return found


def _quiet(people: Collection[UUID]) -> dict[UUID, list[Quiet]]:
    rows = ContactPreference.objects.filter(quiet_from__isnull=False)
    own = rows.filter(customer__in=list(people))
    merged = rows.filter(customer__merged_into__in=list(people))
    found: dict[UUID, list[Quiet]] = defaultdict(list)
    told = ("customer_id", "customer__merged_into_id", "quiet_from", "quiet_until")
    for key, into, begins, ends in own.values_list(*told).union(merged.values_list(*told), all=True):
        found[into or key].append(Quiet(time.fromisoformat(begins), time.fromisoformat(ends)))
    return found
