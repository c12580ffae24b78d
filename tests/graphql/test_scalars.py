"""Scalars at their limits."""

from datetime import UTC, date, datetime
from decimal import Decimal
from time import process_time
from typing import Any

import pytest

from cxplatform.graphql.scalars import SCALARS, BigInt, CurrencyCode, Json


def _parse(kind: object, value: object) -> Any:
    parse = SCALARS[kind].parse_value
    assert parse is not None
    return parse(value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (datetime, "2026-01-31T09:30:00+01:00", datetime(2026, 1, 31, 8, 30, tzinfo=UTC)),
        (datetime, "2026-01-31T09:30:00Z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        (datetime, "2026-01-31T09:30Z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        (datetime, "2026-01-31T09:30:00.25+0530", datetime(2026, 1, 31, 4, 0, 0, 250_000, tzinfo=UTC)),
        (datetime, "2026-01-31T09:30:00.123456789-02", datetime(2026, 1, 31, 11, 30, 0, 123_456, tzinfo=UTC)),
        (date, "2024-02-29", date(2024, 2, 29)),
        (Decimal, "-12.5000", Decimal("-12.5")),
        (Decimal, 7, Decimal(7)),
        (CurrencyCode, "EUR", "EUR"),
        (BigInt, 2**63 - 1, 2**63 - 1),
        (Json, {"a": [1, None, "x"]}, {"a": [1, None, "x"]}),
    ],
)
def test_a_value_is_read(kind: object, text: object, value: object) -> None:
    assert _parse(kind, text) == value


def _nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (datetime, "2026-01-31T09:30:00"),
        (datetime, "2026-01-31"),
        (datetime, "0001-01-01T00:00:00+14:00"),
        (datetime, "9999-12-31T23:59:59-14:00"),
        (datetime, 1_700_000_000),
        (datetime, "x" * 1_000),
        (datetime, "2026-01-31T09:30:00Z\0"),
        (datetime, "2026-01-31T09:30:00+01:00\0"),
        (datetime, "2026-01-31T09:30:00Z\n"),
        (datetime, "2026-W01-1T00:00Z"),
        (datetime, "20260131T093000Z"),
        (datetime, "2026-01-31 09:30:00Z"),
        (datetime, "2026-01-31\ud80009:30:00Z"),
        (datetime, "2026-01-31T09:30:00,5Z"),
        (datetime, "2026-01-31T09:30:00+01:00:30"),
        (datetime, "٢٠٢٦-01-31T09:30:00Z"),
        (date, "2026-02-30"),
        (date, "20260201"),
        (date, "2026-02-01\n"),
        (date, "٢٠٢٦-02-01"),
        (Decimal, "1e999999"),
        (Decimal, "NaN"),
        (Decimal, "1" * 15),
        (Decimal, "1.00001"),
        (Decimal, True),
        (Decimal, "١٢"),
        (Decimal, "1\0"),
        (Decimal, 1e300),
        (CurrencyCode, "eur"),
        (CurrencyCode, "EUR\n"),
        (BigInt, 2**63),
        (BigInt, True),
        (BigInt, "1"),
        (Json, _nested(22)),
        (Json, {"x": 2**64}),
    ],
)
def test_a_value_beyond_the_limits_is_refused_at_once(kind: object, text: object) -> None:
    began = process_time()

    with pytest.raises(ValueError, match=r"DateTime|Date|Decimal|CurrencyCode|BigInt|JSON|no such day"):
        _parse(kind, text)

    assert process_time() - began < 0.1
