"""Text put together from several columns."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.row import Row

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[{}]")


@dataclass(frozen=True)
class Template:
    """Literal texts and columns in turn: `{date} {time}`; `{{` is a brace."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def columns(self) -> list[str]:
        return [piece for piece, is_column in self.pieces if is_column]

    @classmethod
    def read(cls, key: str, written: str) -> "Template":
        pieces: list[tuple[str, bool]] = []
        end = 0
        for match in _PIECE.finditer(written):
            pieces.append((written[end : match.start()], False))
            end = match.end()
            if match[1]:
                pieces.append((match[1], True))
            elif len(match[0]) == 2:
                pieces.append((match[0][0], False))
            else:
                raise MappingError(key, f"has a lone {match[0]} at character {match.start() + 1}; write it twice")
        pieces.append((written[end:], False))
        template = cls(tuple(piece for piece in pieces if piece[0]))
        if not template.columns:
            raise MappingError(key, "names no column; use constant")
        return template

    def fill(self, row: Row, empty: Collection[str]) -> str:
        """Fill it; where any of its columns is empty so is the whole, for half an identifier is none."""
        filled: list[str] = []
        for piece, is_column in self.pieces:
            cell = row[piece].strip() if is_column else piece
            if is_column and (not cell or cell in empty):
                return ""
            filled.append(cell)
        return "".join(filled)
