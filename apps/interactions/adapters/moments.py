"""Dates and times as vendors write them."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds count to the year 5138 before they reach this, milliseconds passed it in 1973.
_MILLISECONDS_FROM: Final = 100_000_000_000


def moment_of(value: object) -> datetime:
    """Read ISO 8601, `2022-07-25 16:37:07 UTC`, RFC 2822, or seconds or milliseconds since 1970.

    What has no offset is UTC, as every vendor's export is. Raises: ValueError.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_epoch(value)
    text = str(value).strip().removesuffix(" UTC")
    if text.isascii() and text.isdigit():
        return _since_epoch(int(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def version_of(*moments: datetime | None) -> int | None:
    """Return the version that a row has by the latest of these moments: milliseconds since 1970."""
    known = [moment for moment in moments if moment is not None]
    return (max(known) - _EPOCH) // timedelta(milliseconds=1) if known else None


def _since_epoch(number: float) -> datetime:
    unit = timedelta(milliseconds=1) if abs(number) >= _MILLISECONDS_FROM else timedelta(seconds=1)
    try:
        return _EPOCH + number * unit
    except OverflowError:
        raise ValueError("is no time of ours") from None
