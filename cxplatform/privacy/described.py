"""What is known of one table: what its columns hold, whom a row is about, and what is left to erase."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, CharField, Exists, Field, JSONField, Model, OuterRef, Q, TextField

from cxplatform.imports.reserved import ERASED
from cxplatform.privacy.tags import Erased, Sort, Tag

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TEXTS = (CharField, TextField, JSONField, BinaryField)


@dataclass(frozen=True)
class Through:
    """A row is about whom the row of `model` is about whose external id its `column` holds, in the same source.

    `unless`: a relation of its own that says it, where it says anything.
    """

    model: type[Model]
    column: str
    unless: str = ""


@dataclass(frozen=True)
class Described:
    """What is known of a table. `about` are the ways from a row to whom it is about, lookups or `Through`.

    `active`: the column with the moment at which that shows them active, or the first of several that is known.
    `removed`: rows go when texts are erased.
    """

    model: type[Model]
    tags: Mapping[str, Tag]
    about: tuple[str | Through, ...] = ()
    active: tuple[str, ...] = ()
    removed: bool = False

    def personal(self, sorts: Collection[Sort]) -> dict[str, Tag]:
        """Return the columns that erasing these sorts changes row by row."""
        return {n: t for n, t in self.tags.items() if t.sort in sorts and t.goes_row_by_row}

    def left(self, sorts: Collection[Sort]) -> Q:
        """Match the rows that still hold something of these sorts."""
        if self.removed and Sort.TEXT in sorts:
            return Q()
        found = Q(pk__in=[])
        for name, tag in self.personal(sorts).items():
            found |= self.holds(name, tag)
        return found

    def holds(self, name: str, tag: Tag) -> Q:
        """Match the rows of which this column still holds something."""
        if tag.erased is Erased.CLEARED:
            its = self.model._meta.get_field(name)
            return Q(**{f"{name}__isnull": False}) if its.null else ~Q(**{name: empty_of(its)})
        known = Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__startswith": ERASED})
        if tag.made_here:
            known &= ~Q(**{f"{name}__regex": f"^{re.escape(tag.made_here)}{_UUID}$"})
        if tag.names is None:
            return known
        named = tag.names._default_manager.filter(source=OuterRef("source"), external_id=OuterRef(name))
        return known & ~Q(Exists(named))


def holds_text(its: "Field[Any, Any]") -> bool:
    """Tell whether a column must be described: it holds text, or bytes or JSON or an array of such, freely."""
    inner = its.base_field if isinstance(its, ArrayField) else its
    return isinstance(inner, _TEXTS) and (its is not inner or not inner.choices)


def empty_of(its: Any) -> object:
    """Return what a column holds that holds nothing."""
    return None if its.null else its.get_default()
