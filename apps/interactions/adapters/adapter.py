"""What an adapter is: a name, the tables it reads, and a function from an export to rows of our import kinds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from apps.interactions.adapters.export import Export
from apps.interactions.adapters.tables import Table

# In the order in which they are loaded: what is referred to comes first.
KINDS: Final = ("customers", "interactions", "messages", "interaction-events", "survey-responses")


class Made(NamedTuple):
    """A row of an import kind, as values by column (None clears a column), and the record it was made of."""

    kind: str
    values: Mapping[str, Any]
    place: str


@dataclass(frozen=True)
class Adapter:
    """An adapter of one vendor. `reads` says for people which of the vendor's files it takes."""

    name: str
    reads: str
    tables: tuple[Table, ...]
    adapt: Callable[[Export], Iterator[Made]]
