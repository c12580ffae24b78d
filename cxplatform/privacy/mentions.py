"""Texts that are about nobody in particular and may name somebody: found by what people are called, and emptied."""

import re
from collections.abc import Collection, Iterator
from typing import Final
from uuid import UUID

from django.db.models import Q

from cxplatform.imports.reserved import ERASED
from cxplatform.privacy.catalogue import described, described_as, subject_model, under_all_names
from cxplatform.privacy.described import Described, empty_of
from cxplatform.privacy.tags import Erased, Sort

# Shorter ones are in texts by chance: a part of a name, and a whole one, an address or a key.
_SHORTEST_PART: Final = 3
_SHORTEST: Final = 5


def forget_mentions(subject_id: UUID) -> int:
    """Empty the texts that name this person, under any of its names, in the open brand door; return how many.

    What it is called must not be erased yet. A name, an address and a key are found whatever their case, a part of a
    name as it is written, all as whole words.
    """
    whole, parts = _called(under_all_names([subject_id]))
    if not whole and not parts:
        return 0
    return sum(_empty(table, name, whole, parts) for table, name in _texts())


def _texts() -> Iterator[tuple[Described, str]]:
    for table in described():
        yield from ((table, name) for name, tag in table.tags.items() if tag.erased is Erased.MENTIONS)


def _empty(table: Described, name: str, whole: Collection[str], parts: Collection[str]) -> int:
    found = Q(pk__in=[])
    if whole:
        found |= Q(**{f"{name}__iregex": _any_of(whole)})
    if parts:
        found |= Q(**{f"{name}__regex": _any_of(parts)})
    rows = table.model._default_manager.filter(found)
    return rows.update(**{name: empty_of(table.model._meta.get_field(name))})


def _called(subjects: Collection[UUID]) -> tuple[set[str], set[str]]:
    """Return what these people are called: whole words, and parts of their names."""
    tags = described_as(subject_model()).tags
    names = [name for name, tag in tags.items() if tag.sort in (Sort.CONTACT, Sort.IDENTITY)]
    rows = subject_model()._default_manager.filter(pk__in=list(subjects)).values_list(*names)
    known = {value.strip() for row in rows for value in row if value and not value.startswith(ERASED)}
    parts = {part for value in known for part in value.split() if part.isalpha() and part[:1].isupper()}
    return {each for each in known if len(each) >= _SHORTEST}, {each for each in parts if len(each) >= _SHORTEST_PART}


def _any_of(words: Collection[str]) -> str:
    return rf"(^|\W)({'|'.join(re.escape(word) for word in sorted(words))})($|\W)"
