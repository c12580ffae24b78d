"""Scalars with their limits: each refuses what the database or arithmetic could choke on."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

CurrencyCode = NewType("CurrencyCode", str)
Json = NewType("Json", object)
BigInt = NewType("BigInt", int)

_YEARS = range(1900, 3000)
_DECIMAL = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
# Python reads far more: weeks, any letter for the T, and a NUL after the Z, which it drops.
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"
)
_JSON_DEPTH = 20
_LARGEST_INTEGER = 2**63 - 1


def _parse_datetime(value: object) -> datetime:
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("DateTime is a string such as 2026-01-31T09:30:00+01:00")
    try:
        moment = datetime.fromisoformat(value) if _DATE_TIME.fullmatch(value) else None
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("DateTime is ISO 8601, such as 2026-01-31T09:30:00+01:00")
    if moment.tzinfo is None:
        raise ValueError("DateTime needs an offset, such as Z or +01:00")
    if moment.year not in _YEARS:
        raise ValueError("DateTime is out of range: years 1900 to 2999")
    return moment.astimezone(UTC)


def _parse_date(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Date is a string such as 2026-01-31")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("There is no such day") from None
    if day.year not in _YEARS:
        raise ValueError("Date is out of range: years 1900 to 2999")
    return day


def _parse_decimal(value: object) -> Decimal:
    # The text is matched before any arithmetic: int(Decimal("1e999999")) would never return.
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise ValueError("Decimal has at most 14 digits before the point and 4 after, and no exponent")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("Decimal is not a number") from None


def _parse_currency(value: object) -> CurrencyCode:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError("CurrencyCode is three capital letters (ISO 4217)")
    return CurrencyCode(value)


def _parse_big_int(value: object) -> BigInt:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST_INTEGER:
        raise ValueError("BigInt is an integer of at most 64 bits")
    return BigInt(value)


def _parse_json(value: object) -> Json:
    _check_json(value, _JSON_DEPTH)
    return Json(value)


def _check_json(value: object, depth: int) -> None:
    if depth < 0:
        raise ValueError(f"JSON is nested more than {_JSON_DEPTH} deep")
    if isinstance(value, Mapping):
        for item in value.values():
            _check_json(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check_json(item, depth - 1)
    elif isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        raise ValueError("JSON holds an integer of more than 64 bits")


def _day(value: date) -> str:
    return value.isoformat()


def _instant(value: datetime) -> str:
    """Write an instant as PostgreSQL does in JSON: of a fraction of a second, only the digits it needs."""
    text = value.isoformat()
    if not value.microsecond:
        return text
    seconds, _, rest = text.partition(".")
    return f"{seconds}.{rest[:6].rstrip('0')}{rest[6:]}"


def _plain(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant: ISO 8601 with an offset. Answers are in UTC.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=_instant,
        parse_value=_parse_datetime,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day, `YYYY-MM-DD`.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date",
        serialize=_day,
        parse_value=_parse_date,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal as a string: at most 14 digits before the point and 4 after.",
        serialize=lambda value: format(value, "f"),
        parse_value=_parse_decimal,
    ),
    CurrencyCode: strawberry.scalar(
        name="CurrencyCode",
        description="A currency: three capital letters (ISO 4217).",
        serialize=str,
        parse_value=_parse_currency,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="An integer of up to 64 bits, written as a JSON number.",
        serialize=int,
        parse_value=_parse_big_int,
    ),
    Json: strawberry.scalar(
        name="JSON",
        description="Any JSON value, at most 20 levels deep, integers of at most 64 bits.",
        serialize=_plain,
        parse_value=_parse_json,
    ),
}
