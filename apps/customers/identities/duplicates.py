"""Who may be one person: customers with the same e-mail address or telephone number, however it is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Length

from apps.customers.identities.normalising import PLAIN_EMAIL, PLAIN_PHONE

# Whom more have in common is a placeholder's, a household's or a shop's.
MOST_ALIKE: Final = 20
MOST_FOUND: Final = 50
# What is shorter is an extension, not a number.
_SHORTEST_PHONE: Final = 6


@dataclass(frozen=True)
class Alike:
    """Customers with the same e-mail address (`by` EMAIL) or number (PHONE), the oldest record first."""

    by: str
    customers: tuple[UUID, ...]


def alike(visible: "QuerySet[Any]", first: int, customer_id: UUID | None = None) -> list[Alike]:
    """Return up to so many groups among these customers; only those of one customer, where it is given."""
    found: list[Alike] = []
    for by, rows in _told(visible, customer_id):
        counts = rows.values("key").annotate(number=Count("pk")).filter(number__gt=1, number__lte=MOST_ALIKE)
        # Who they are is asked of these alone: the keys come out of the index in order, and soon are enough.
        keys = list(counts.order_by("key").values_list("key", flat=True)[: first - len(found)])
        groups = rows.filter(key__in=keys).values("key").annotate(ids=ArrayAgg("pk", order_by=("created_at", "pk")))
        found += [Alike(by, tuple(each["ids"])) for each in groups.order_by("key")]
        if len(found) == first:
            break
    return found


def _told(visible: "QuerySet[Any]", customer_id: UUID | None) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    told = {
        "EMAIL": visible.filter(email__isnull=False).annotate(key=PLAIN_EMAIL).exclude(key=""),
        "PHONE": visible.filter(phone__isnull=False)
        .annotate(key=PLAIN_PHONE, digits=Length(F("key")))
        .filter(digits__gte=_SHORTEST_PHONE),
    }
    if customer_id is None:
        yield from told.items()
        return
    # Of whom one may not see it is not told either whose address one knows is the same.
    keys = visible.filter(pk=customer_id).annotate(email_key=PLAIN_EMAIL, phone_key=PLAIN_PHONE)
    own = keys.values_list("email_key", "phone_key").first() or (None, None)
    for (by, rows), key in zip(told.items(), own, strict=True):
        if key:
            yield by, rows.filter(key=key)
