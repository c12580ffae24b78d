"""JSON as strangers send it: bounded, without duplicate keys, and with its numbers as they were written."""

import json
import math
from collections import Counter
from json.decoder import JSONDecodeError
from typing import NoReturn

from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import shown, storable

MOST_LEVELS = 32
_MOST_DIGITS = 18


class NumberText(str):
    """A number with a fraction, an exponent or too many digits, as it was written: nothing has computed with it."""

    __slots__ = ()


def read_json(text: str) -> object:
    """Parse one JSON text; whole numbers of up to 18 digits become int, all others NumberText.

    Raises: Refused.
    """
    try:
        return _decoder.decode(text)
    except JSONDecodeError as error:
        raise Refused(Code.MALFORMED_LINE, f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise Refused(Code.MALFORMED_LINE, "is JSON nested too deeply") from None


def plain(value: object, level: int = 1) -> object:
    """Return a parsed JSON value with ordinary numbers, checked to be storable as jsonb.

    Raises: Refused.
    """
    if level > MOST_LEVELS:
        raise Refused(Code.OUT_OF_RANGE, f"is nested more than {MOST_LEVELS} levels deep")
    if isinstance(value, float | NumberText):
        return _finite(float(value))
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): plain(item, level + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, level + 1) for item in value]
    return value


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise Refused(Code.OUT_OF_RANGE, "holds a number that is too large")
    return number


def _whole(text: str) -> int | NumberText:
    return int(text) if len(text) <= _MOST_DIGITS else NumberText(text)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise Refused(Code.MALFORMED_LINE, f"names the key {shown(twice)} twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise Refused(Code.MALFORMED_LINE, f"holds {name}, which is not JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=NumberText, parse_int=_whole, parse_constant=_no_constant
)
