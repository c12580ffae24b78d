"""From rules to a condition on customers: sets of their keys, so that no rule is asked customer by customer.

Values are only ever parameters. What apps above know of customers they register.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from apps.customers.models import Customer, ExchangeRate, Order, OrderKind
from apps.customers.segments.asked import Asked
from apps.customers.segments.rules import LISTS, Rule
from cxplatform.tenancy.doors import current_brand

Condition = Callable[[Mapping[str, Any], Asked], Q]

_BOUGHT: Final = (OrderKind.PURCHASE, OrderKind.RENEWAL, OrderKind.EXPANSION)
_kind: Final[Any] = Func("its", function="jsonb_typeof", output_field=CharField())
_EVERYBODY: Final = Q()
_NOBODY: Final = Q(pk__in=[])


def matching(rule: Rule, asked: Asked) -> "QuerySet[Customer]":
    """Return those of whom are asked for whom a rule holds; of merged ones, the survivors alone."""
    return _customers(asked).filter(merged_into__isnull=True).filter(_holds(rule, asked))


def register_condition(name: str, condition: Condition) -> None:
    """Say what a condition of this name means."""
    if _conditions.setdefault(name, condition) is not condition:
        raise ValueError(f"The condition {name} has a meaning already.")


def counted(rows: "QuerySet[Any]", moment: str, said: Mapping[str, Any], asked: Asked) -> Q:
    """Match customers by how many of these rows, which have a `customer`, name them within so many days."""
    moments = {f"{moment}__lte": asked.now, **since(moment, said, asked.now)}
    of = asked.among(rows.filter(customer__isnull=False, **moments))
    numbers = of.order_by().values("customer_id").annotate(number=Count("pk"))
    found = _EVERYBODY
    if said.get("at_least", 0) > 0:
        found &= Q(pk__in=numbers.filter(number__gte=said["at_least"]).values("customer_id"))
    if "at_most" in said:
        found &= ~Q(pk__in=numbers.filter(number__gt=said["at_most"]).values("customer_id"))
    return found


def since(moment: str, said: Mapping[str, Any], now: datetime) -> dict[str, datetime]:
    """Return the filter of the days that are looked back on, where a rule says how many."""
    return {f"{moment}__gt": now - timedelta(days=said["within_days"])} if "within_days" in said else {}


def _customers(asked: Asked) -> "QuerySet[Customer]":
    return asked.among(Customer.objects.all(), "pk")


def _holds(rule: Rule, asked: Asked) -> Q:
    return reduce(and_, (_condition(name, said, asked) for name, said in rule.items()), _EVERYBODY)


def _condition(name: str, said: Any, asked: Asked) -> Q:
    if name == "all":
        return reduce(and_, (_among(each, asked) for each in said), _EVERYBODY)
    if name == "any":
        return reduce(or_, (_among(each, asked) for each in said), _NOBODY)
    if name == "not":
        return ~_among(said, asked)
    if name in LISTS:
        return Q(**{f"{name}__in": said})
    return _conditions[name](said, asked)


def _among(rule: Rule, asked: Asked) -> Q:
    """Match by the keys of whom a rule holds for: that is true or false, whatever is unknown."""
    return Q(pk__in=_customers(asked).filter(_holds(rule, asked)).values("pk"))


def _attribute(said: Mapping[str, Any], asked: Asked) -> Q:
    key, found = said["key"], _EVERYBODY
    if "exists" in said:
        has = Q(pk__in=_customers(asked).filter(attributes__has_key=key).values("pk"))
        found &= has if said["exists"] else ~has
    if "one_of" in said:
        found &= reduce(or_, (Q(attributes__contains={key: value}) for value in said["one_of"]), _NOBODY)
    bounds = {f"its__{how}": said[name] for name, how in (("at_least", "gte"), ("below", "lt")) if name in said}
    if bounds:
        told = _customers(asked).alias(its=KeyTransform(key, "attributes"), kind=_kind)
        found &= Q(pk__in=told.filter(kind="number", **bounds).values("pk"))
    return found


def _joined(said: Mapping[str, Any], asked: Asked) -> Q:
    found = Q(joined_at__lte=asked.now)
    if "at_least_days_ago" in said:
        found &= Q(joined_at__lte=asked.now - timedelta(days=said["at_least_days_ago"]))
    if "at_most_days_ago" in said:
        found &= Q(joined_at__gt=asked.now - timedelta(days=said["at_most_days_ago"]))
    return found


def _ordered(said: Mapping[str, Any], asked: Asked) -> Q:
    return counted(Order.objects.filter(kind__in=_BOUGHT), "ordered_at", said, asked)


def _spent(said: Mapping[str, Any], asked: Asked) -> Q:
    """What was bought, less what was given back, at the rates of the orders' moments; without a rate it is nothing."""
    worth = Case(When(kind__in=_BOUGHT, then=F("amount")), default=-F("amount"), output_field=DecimalField())
    rows = Order.objects.filter(
        Q(kind__in=_BOUGHT) | Q(kind=OrderKind.REFUND),
        ordered_at__lte=asked.now,
        **since("ordered_at", said, asked.now),
    )
    rows = asked.among(rows).annotate(worth=Cast(worth, FloatField()) * _rate())
    sums = rows.order_by().values("customer_id").annotate(total=Coalesce(Sum("worth"), 0.0))
    found = _EVERYBODY
    # Who bought nothing spent nothing.
    if "at_least" in said:
        enough = Q(pk__in=sums.filter(total__gte=said["at_least"]).values("customer_id"))
        found &= enough if said["at_least"] > 0 else enough | ~Q(pk__in=sums.values("customer_id"))
    if "below" in said:
        much = Q(pk__in=sums.filter(total__gte=said["below"]).values("customer_id"))
        found &= ~much if said["below"] > 0 else Q(pk__in=sums.filter(total__lt=said["below"]).values("customer_id"))
    return found


def _rate() -> Any:
    rates = ExchangeRate.objects.filter(currency=OuterRef("currency"), effective_from__lte=OuterRef("ordered_at"))
    latest = Subquery(rates.order_by("-effective_from").values("rate")[:1])
    own = When(currency=current_brand().currency, then=Value(1.0))
    return Case(own, default=latest, output_field=FloatField())


_conditions: dict[str, Condition] = {
    "attribute": _attribute,
    "joined": _joined,
    "ordered": _ordered,
    "spent": _spent,
}
