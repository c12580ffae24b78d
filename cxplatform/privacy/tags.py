"""Tags: what a column of text holds of the people a brand serves, and what erasing does with it. Values, no more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Final

from django.db.models import Model

from cxplatform.ids import uuid7
from cxplatform.imports.reserved import ERASED


class Sort(StrEnum):
    """What of somebody a column holds.

    IDENTITY: what another system calls them, or something of theirs. CONTACT: a name or an address. TEXT: what they
    or others wrote, or where their recording lies. ATTRIBUTES: whatever else a source told.
    """

    IDENTITY = "IDENTITY"
    CONTACT = "CONTACT"
    TEXT = "TEXT"
    ATTRIBUTES = "ATTRIBUTES"


ALL_SORTS: Final = frozenset(Sort)


class Erased(Enum):
    """What is left in a column: nothing; a random word; the word its named row got; nothing, in every row there is.

    MENTIONS: nothing in the rows whose text names them, whoever the row is about.
    """

    CLEARED = "cleared"
    PSEUDONYM = "pseudonym"
    FOLLOWS = "follows"
    FROM_ALL = "from all"
    MENTIONS = "mentions"
    KEPT = "kept"


# What the tag of a column begins with that is about those who work for the brand.
_STAFF: Final = "staff: "


@dataclass(frozen=True)
class Tag:
    """`sort` is None for what is no personal data of them; `why` says so then. `names`: whose key a column holds.

    `made_here`: what keys begin with that were made here, with a UUID after it; those tell nothing and stay.
    """

    sort: Sort | None
    erased: Erased
    why: str = ""
    names: type[Model] | None = None
    made_here: str = ""

    @property
    def is_personal(self) -> bool:
        return self.sort is not None

    @property
    def goes_row_by_row(self) -> bool:
        """Tell whether it is erased from the rows that are about somebody."""
        return self.is_personal and self.erased not in (Erased.FROM_ALL, Erased.MENTIONS)

    @property
    def is_of_staff(self) -> bool:
        """Tell whether it is personal data of somebody else: of those who work for the brand."""
        return self.why.startswith(_STAFF)

    @property
    def needs_leave(self) -> bool:
        """Tell whether only those may read the column who may read personal data; keys are shown to others too."""
        told = self.is_personal and self.sort is not Sort.IDENTITY and self.erased is not Erased.FROM_ALL
        return told or self.is_of_staff


IDENTITY: Final = Tag(Sort.IDENTITY, Erased.PSEUDONYM)
CONTACT: Final = Tag(Sort.CONTACT, Erased.CLEARED)
TEXT: Final = Tag(Sort.TEXT, Erased.CLEARED)
ATTRIBUTES: Final = Tag(Sort.ATTRIBUTES, Erased.CLEARED)


def identity(*, made_here: str) -> Tag:
    """Tag external ids of which some were made here."""
    return replace(IDENTITY, made_here=made_here)


def key_of(model: type[Model]) -> Tag:
    """Tag a column that holds the external id of a row of `model`, of the same source: it gets the same new word."""
    return Tag(Sort.IDENTITY, Erased.FOLLOWS, names=model)


def untold(why: str) -> Tag:
    """Tag a text that may quote anybody, and does not tell whom: it is emptied in all rows when somebody is erased."""
    return Tag(Sort.TEXT, Erased.FROM_ALL, why)


def mentioning(why: str) -> Tag:
    """Tag a text about nobody in particular that may name somebody: it is emptied where it does."""
    return Tag(Sort.TEXT, Erased.MENTIONS, why)


def staff(why: str) -> Tag:
    """Tag what is about those who work for the brand; it is kept, for who acted must stay known.

    It is personal data all the same: who may not read customers' names may not read these.
    """
    return Tag(None, Erased.KEPT, f"{_STAFF}{why}")


def harmless(why: str) -> Tag:
    """Tag what is about nobody, or the same for many."""
    return Tag(None, Erased.KEPT, why)


# What every imported row has: how its source calls it, and itself.
IMPORTED: Final = {"source": harmless("the name of a system"), "external_id": IDENTITY}


def pseudonyms(number: int) -> Iterator[str]:
    """Make words that tell nothing and that nobody can guess, each after those made before in the order of text.

    Rows that happened at one instant are told apart by the order of their keys, and that must stay.
    """
    yield from (f"{ERASED}{key.hex}" for key in sorted(uuid7() for _ in range(number)))
