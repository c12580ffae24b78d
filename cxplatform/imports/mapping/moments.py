"""Dates and times as exports write them, turned into ISO 8601."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.tables import Table, strings, text
from cxplatform.imports.texts import shown

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"epoch": timedelta(seconds=1), "epoch_ms": timedelta(milliseconds=1)}
_SAMPLE = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Moments:
    """The formats to try in turn, and the zone of what has no offset (None: the brand's, so none is written)."""

    formats: tuple[str, ...]
    zone: ZoneInfo | None

    def read(self, word: str) -> str:
        """Return the moment in ISO 8601. Raises: ValueError."""
        for form in self.formats:
            try:
                moment = _EPOCH + float(word) * _UNITS[form] if form in _UNITS else datetime.strptime(word, form)
            except (ValueError, OverflowError):
                continue
            if moment.tzinfo is None and self.zone is not None:
                moment = moment.replace(tzinfo=self.zone)
            return moment.isoformat()
        raise ValueError(f"{shown(word)} does not read as {' or '.join(self.formats)}")


def read_moments(key: str, options: Table) -> Moments:
    """Read `read_as` and `zone`. Raises: MappingError."""
    formats = strings(f"{key}.read_as", options["read_as"])
    for form in formats:
        if form not in _UNITS and not _is_format(form):
            raise MappingError(f"{key}.read_as", f"{form!r} is neither a strptime format nor epoch or epoch_ms")
    return Moments(tuple(formats), _zone(f"{key}.zone", options["zone"]) if "zone" in options else None)


def _is_format(form: str) -> bool:
    try:
        datetime.strptime(_SAMPLE.strftime(form), form)
    except ValueError:
        return False
    return "%" in form


def _zone(key: str, value: object) -> ZoneInfo:
    try:
        return ZoneInfo(text(key, value))
    except (ZoneInfoNotFoundError, ValueError):
        raise MappingError(key, f"{value!r} is not an IANA time zone, such as Europe/Berlin") from None
