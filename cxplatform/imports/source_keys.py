"""The keys by which sources know their rows and the people these are about."""

from collections.abc import Sequence

from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.reserved import ERASED
from cxplatform.imports.text_types import Key


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
