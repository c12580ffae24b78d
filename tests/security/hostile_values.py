"""What to put into a leaf of an input, by its scalar: values that are wrong, huge, unwritable, or merely unexpected."""

from typing import Any

_UNFIT = [None, [], {}, [[[[[[]]]]]], {"a": {"b": 1}}, True, -1, 1.5, 2**31, 2**63, 10**30, float("nan"), float("inf")]
_TEXTS = [
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufffe", "\x7f\x1b[2J", "a" * 20_000, "a" + "\u0301" * 2_000,
    "\u202egnp.exe", "\u200b\u200d\ufeff", "p\u0430ypal", "مرحبا abc שלום", "İıſß", "\U0001d518nicode",
    "\U0001f469\u200d\U0001f467" * 200, "'; DROP TABLE x; --", "\\", "%_%",
    "../../etc/passwd", "{{7*7}}", "${jndi:x}", "<script>1</script>", "\r\nX: y", "=1+1", "Infinity", "NaN", "null",
]  # fmt: skip
_NUMBERS = ["1", "", "0x10", 0, -(2**31) - 1, 2**31 - 1, -(2**63), 1e308, -0.0, 5e-324]
_MOMENTS = [
    "", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1900-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
    "2999-12-31T23:59:59-23:59", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01",
    "2026-01-01T00:00:00", "٢٠٢٦-01-01T00:00:00Z", "2026-01-01T00:00:00.99999999999999Z", "2026-W01-1T00:00:00Z",
    "2026-01-01T00:00:00+99:99", "-2026-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "now", "2026-01-01T00:00:00Z\0",
]  # fmt: skip
_DECIMALS = [
    "1e999999",
    "-1e-999999",
    "NaN",
    "sNaN",
    "Infinity",
    "١٢",
    "9" * 10_000,
    "0." + "0" * 10_000,
    "1_000",
    "-0",
]


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"a": value}
    return value


_JSONS = [_nested(25), _nested(900), {"\0": 1}, {"a": "\ud800"}, list(range(5_000)), {"__proto__": {}}, {"": ""}]

BY_SCALAR: dict[str, list[Any]] = {
    "Int": _NUMBERS,
    "BigInt": _NUMBERS,
    "Float": _NUMBERS,
    "Boolean": ["true", 0, "", "\0"],
    "DateTime": _MOMENTS,
    "Date": [moment[:10] for moment in _MOMENTS],
    "Decimal": _DECIMALS,
    "JSON": _JSONS + _TEXTS[:6],
}


def hostile(scalar: str) -> list[Any]:
    """Return what to try for a scalar; one nobody has thought of is tried as text."""
    return _UNFIT + BY_SCALAR.get(scalar, _TEXTS)


# What no body may hold, wherever it stands.
NEVER = ["a\0b", "\ud800", float("nan"), float("-inf"), 10**30]
# The worst of each class that coercion lets through, for where not all can be tried.
_MIXED = "\u202ep\u0430ypal مرحبا abc שלום"
_WORST: dict[str, list[Any]] = {
    "String": [_MIXED],
    "ID": [_MIXED],
    "Int": [2**31 - 1],
    "BigInt": [-(2**63) + 1],
    "Float": [1e308],
    "Decimal": ["-99999999999999.9999"],
    "DateTime": ["2999-12-31T23:59:59-23:59", "1900-01-01T00:00:00+23:59"],
    "Date": ["2999-12-31", "1900-01-01"],
    "JSON": [{_MIXED: [1e308, _MIXED]}],
}


def worst(scalar: str) -> list[Any]:
    """Return one value of each class for a scalar: mixed scripts, a huge number, a date of either end."""
    return _WORST.get(scalar, [])
