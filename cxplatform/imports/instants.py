"""Instants: ISO 8601, with an offset or in the brand's zone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cxplatform.imports.jsontext import NumberText
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import shown, storable

FIRST_YEAR, LAST_YEAR = 1900, 2099


class Instant:
    """A moment, as UTC, in the years 1900 to 2099.

    Without an offset it is local time of the brand: where a clock shows it twice the first counts, where a clock
    leaps over it it is taken an hour (the leap) later. A date alone is its midnight.
    """

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], datetime | None]:
        parse = datetime.fromisoformat

        def read(cell: str) -> datetime | None:
            try:
                moment = parse(cell)
            except ValueError:
                if not (word := cell.strip()):
                    return None
                moment = _parse_again(word)
            return _as_utc(moment, zone)

        return read

    def texts_reader(self, zone: ZoneInfo) -> Callable[[Sequence[str]], Sequence[datetime | None]]:
        read, parse = self.text_reader(zone), datetime.fromisoformat

        def read_all(cells: Sequence[str]) -> Sequence[datetime | None]:
            try:
                moments = [parse(cell) if cell else None for cell in cells]
            except ValueError:
                return [read(cell) if cell else None for cell in cells]
            return [
                moment
                if moment is None or (moment.tzinfo is UTC and FIRST_YEAR <= moment.year <= LAST_YEAR)
                else _as_utc(moment, zone)
                for moment in moments
            ]

        return read_all

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], datetime | None]:
        read = self.text_reader(zone)

        def take(value: object) -> datetime | None:
            if isinstance(value, datetime):
                return _as_utc(value, zone)
            if isinstance(value, NumberText) or not isinstance(value, str):
                raise Refused(Code.INVALID_TYPE, "must be text, an ISO 8601 date and time")
            return read(storable(value)) if value else None

        return take


class Instants:
    """Several moments: separated by `;` in text, a list (or such text) in JSON. Kept in order of time."""

    most = 100

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], list[datetime] | None]:
        read = Instant().text_reader(zone)

        def read_all(cell: str) -> list[datetime] | None:
            return self._sorted([read(part) for part in cell.split(";", self.most + 1)])

        return read_all

    def texts_reader(self, zone: ZoneInfo) -> Callable[[Sequence[str]], Sequence[list[datetime] | None]]:
        read = self.text_reader(zone)
        return lambda cells: [read(cell) if cell else None for cell in cells]

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], list[datetime] | None]:
        read_all, take = self.text_reader(zone), Instant().value_reader(zone)

        def take_all(value: object) -> list[datetime] | None:
            if isinstance(value, list):
                return self._sorted([take(item) for item in value[: self.most + 1]])
            if isinstance(value, NumberText) or not isinstance(value, str):
                raise Refused(Code.INVALID_TYPE, "must be a list of ISO 8601 dates and times")
            return read_all(storable(value))

        return take_all

    def _sorted(self, moments: list[datetime | None]) -> list[datetime] | None:
        if len(moments) > self.most:
            raise Refused(Code.TOO_LONG, f"has more than {self.most} instants")
        return sorted({moment for moment in moments if moment is not None}) or None


def _parse_again(word: str) -> datetime:
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        raise Refused(
            Code.INVALID_DATE, f"{shown(word)} is not an ISO 8601 date and time, such as 2026-03-01T09:30:00Z"
        ) from None


def _as_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Refused(Code.OUT_OF_RANGE, f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)
