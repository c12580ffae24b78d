"""Rows about promises, written the way a definition's worked example writes them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from apps.customers.models import Customer
from apps.journeys.models import BrandPromise, Department, Handoff, PromiseOutcome
from cxplatform.ids import uuid7

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def outcome(values: Mapping[str, Any]) -> PromiseOutcome:
    """Make an outcome of a promise, of Ana's if nobody is named; `kept` is what became of it."""
    told = dict(values)
    kept, key, number = told.pop("kept"), told.pop("promise", "promised"), told.pop("external_id", None)
    shop = department("shop")
    decided_by = "NOBODY" if kept == "UNKNOWN" else "EVENT"
    row = {"customer": None, "decided_by": decided_by, **told}
    row["customer"] = row["customer"] or Customer.objects.get_or_create(external_id="ana")[0]
    return PromiseOutcome(
        id=outcome_id(number), promise=promise(key, shop), evidence_kind="Interaction", evidence_id=uuid7(),
        outcome=kept, maker=shop, repaired_by=shop if row.get("repaired_at") else None, **row,
    )  # fmt: skip


def outcome_id(number: str | None) -> UUID:
    """Return the id of an outcome that is told apart by a number, or a new one."""
    return UUID(int=int(number) + 1) if number is not None else uuid7()


def promise(key: str, maker: Department) -> BrandPromise:
    said = {"text": key, "criterion": "BY_HAND", "maker": maker, "created_at": EPOCH}
    return BrandPromise.objects.get_or_create(key=key, defaults=said)[0]


def department(key: str) -> Department:
    return Department.objects.get_or_create(key=key, defaults={"name": key, "created_at": EPOCH})[0]


def handoff(values: Mapping[str, Any]) -> Handoff:
    """Make a hand-off of Ana's matter, if nobody is named, from sales to delivery, if none are."""
    told = {"from_department": "sales", "to_department": "delivery", "external_id": str(uuid7()), **values}
    told["customer"] = told.get("customer") or Customer.objects.get_or_create(external_id="ana")[0]
    for name in ("from_department", "to_department"):
        told[name] = department(told[name])
    return Handoff(**told)
