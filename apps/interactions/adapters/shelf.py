"""Where an adapter keeps what it needs again: on disk, so that memory does not grow with the export."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

_FETCHED: Final = 500
_MAKE: Final = """
    CREATE TABLE kept (pile TEXT, key TEXT, position REAL, number INTEGER, content TEXT,
                       PRIMARY KEY (pile, key, position, number)) WITHOUT ROWID
"""


class Shelf:
    """Contents by pile and key, in a file that nobody else reads and that is gone with its folder.

    What a key holds is given back in the order of `position`, then as it was put.
    """

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "shelf.sqlite", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute(_MAKE)
        self._database.execute("BEGIN")
        self._number = 0

    def put(self, pile: str, key: str, content: Mapping[str, Any] | None = None, *, position: float = 0.0) -> None:
        """Keep a content, which JSON must be able to write."""
        self._number += 1
        row = (pile, key, position, self._number, json.dumps(content or {}))
        self._database.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?)", row)

    def all(self, pile: str, key: str) -> Iterator[dict[str, Any]]:
        """Yield the contents of a key."""
        found = self._database.execute(
            "SELECT content FROM kept WHERE pile = ? AND key = ? ORDER BY position, number", (pile, key)
        )
        while rows := found.fetchmany(_FETCHED):
            yield from (json.loads(content) for (content,) in rows)

    def keys(self, pile: str) -> Iterator[str]:
        """Yield the keys of a pile, in their order."""
        found = self._database.execute("SELECT DISTINCT key FROM kept WHERE pile = ? ORDER BY key", (pile,))
        while rows := found.fetchmany(_FETCHED):
            yield from (key for (key,) in rows)

    def first(self, pile: str, key: str | None) -> dict[str, Any] | None:
        """Return the first content of a key, None where there is none."""
        found = self._database.execute(
            "SELECT content FROM kept WHERE pile = ? AND key = ? ORDER BY position, number LIMIT 1", (pile, key)
        ).fetchone()
        return json.loads(found[0]) if found else None

    def last(self, pile: str, key: str) -> dict[str, Any] | None:
        """Return the last content of a key, None where there is none."""
        found = self._database.execute(
            "SELECT content FROM kept WHERE pile = ? AND key = ? ORDER BY position DESC, number DESC LIMIT 1",
            (pile, key),
        ).fetchone()
        return json.loads(found[0]) if found else None

    def put_once(self, pile: str, key: str) -> bool:
        """Note a key; tell whether it is new."""
        if self.first(pile, key) is not None:
            return False
        self.put(pile, key)
        return True

    def close(self) -> None:
        self._database.close()
