"""What a value is in a file. Pure.

Programs that show tables run cells that begin like a formula, whoever wrote them: such texts get an apostrophe in
front (OWASP, CSV injection). NDJSON is read by programs, which get what is stored.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

Cell = str | int | float | bool | None

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def plain(value: object) -> Cell:
    """Return a stored value as something every format knows; moments as ISO 8601."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no cell.")


def inert(cell: Cell) -> Cell:
    """Return a cell that no program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
