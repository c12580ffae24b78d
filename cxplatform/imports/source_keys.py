"""The keys by which sources know their rows and the people these are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.reserved import ERASED
from cxplatform.imports.text_types import Key

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class SourceKey(Key):
    """A key that is not what is left of an erased one: nothing new is told of whoever was erased."""

    def from_text(self, cell: str) -> str | None:
        key = super().from_text(cell)
        if key is not None and key.startswith(ERASED):
            raise Refused(Code.CONFLICT, "begins as the keys of erased rows do, and is told nothing of any more")
        return key

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        if ERASED in "\n".join(cells):
            return [self.from_text(cell) if cell else None for cell in cells]
        return super().from_texts(cells)


@dataclass(frozen=True)
class KeyElsewhere(SourceKey):
    """A key that is not one of a row made here, which are this word and a UUID: no source tells of those."""

    made_here: str

    def from_text(self, cell: str) -> str | None:
        key = super().from_text(cell)
        if key is not None and key.startswith(self.made_here) and _UUID.fullmatch(key, len(self.made_here)):
            raise Refused(Code.CONFLICT, "is the key of one made here, which imports do not change")
        return key

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        if self.made_here in "\n".join(cells):
            return [self.from_text(cell) if cell else None for cell in cells]
        return super().from_texts(cells)
