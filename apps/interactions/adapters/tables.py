"""The tables a vendor exports, and which files hold them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ENDS: Final = re.compile(r"\.(csv|tsv|ndjson|jsonl|json)(\.gz)?\Z", re.IGNORECASE)


class UnusableExport(Exception):
    """The export as a whole cannot be adapted; nothing of it was loaded."""


@dataclass(frozen=True)
class Table:
    """A table: its name, which is its file's (`ticket.csv`, `ticket_data.csv`, `zendesk_ticket.csv`).

    `needs` are columns without which none of its rows can be understood. `array` is the key under which documents of
    the vendor's API hold its objects.
    """

    name: str
    needs: tuple[str, ...] = ()
    array: str = ""

    def is_in(self, stem: str, vendor: str) -> bool:
        """Tell whether a file of this name, without its end, holds this table."""
        return stem.lower().removeprefix(f"{vendor}_").removesuffix("_data") == self.name


def format_of(path: Path) -> str | None:
    """Tell a file's format by its name: csv, tsv, ndjson or json; None where it says nothing."""
    found = _ENDS.search(path.name)
    return found[1].lower().replace("jsonl", "ndjson") if found else None


def stem_of(path: Path) -> str:
    """Return a file's name without its ends."""
    return _ENDS.sub("", path.name)
