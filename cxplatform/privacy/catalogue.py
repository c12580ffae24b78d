"""The catalogue of brand tables: each app says in its module `personal` what its columns hold and whom a row is about.

    describe(Message, {**IMPORTED, "text": TEXT}, about="interaction__customer", active="at")

A test fails on a column of text that nobody described, and on a described one that is gone.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, CharField, Exists, Field, JSONField, Model, OuterRef, Q, QuerySet, TextField

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

    def of(self, subjects: Collection[UUID]) -> Q:
        named = rows_about(self.model, subjects).filter(source=OuterRef("source"), external_id=OuterRef(self.column))
        return Q(Exists(named)) & (Q(**{f"{self.unless}__isnull": True}) if self.unless else Q())


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
        return {n: t for n, t in self.tags.items() if t.sort in sorts and t.erased is not Erased.FROM_ALL}

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


@dataclass
class _Catalogue:
    tables: dict[type[Model], Described] = field(default_factory=dict)
    subject: type[Model] | None = None


_catalogue = _Catalogue()


def describe(
    model: type[Model],
    tags: Mapping[str, Tag],
    *,
    about: str | Through | tuple[str | Through, ...] = (),
    active: str | tuple[str, ...] = (),
    removed: bool = False,
) -> None:
    """Say what a table's columns of text hold; those with `choices` say it themselves. Raises: ValueError, if said."""
    if model in _catalogue.tables:
        raise ValueError(f"{model.__name__} is described twice.")
    ways = about if isinstance(about, tuple) else (about,)
    moments = active if isinstance(active, tuple) else (active,)
    _catalogue.tables[model] = Described(model, tags, ways, moments, removed)


def describe_subject(model: type[Model], tags: Mapping[str, Tag], *, active: str | tuple[str, ...]) -> None:
    """Describe the one table whose rows are the people themselves."""
    if _catalogue.subject is not None:
        raise ValueError(f"The people are in {_catalogue.subject.__name__} already.")
    _catalogue.subject = model
    describe(model, tags, about="pk", active=active)


def subject_model() -> type[Model]:
    """Return the table of the people."""
    assert _catalogue.subject is not None
    return _catalogue.subject


def described() -> Iterator[Described]:
    """List all tables: people first, then what others are found through, so that nothing new finds its way to them."""
    tables = [subject_model()]
    tables += [tag.names for its in _catalogue.tables.values() for tag in its.tags.values() if tag.names]
    yield from (_catalogue.tables[model] for model in dict.fromkeys([*tables, *_catalogue.tables]))


def described_as(model: type[Model]) -> Described:
    """Return what is known of a table."""
    return _catalogue.tables[model]


def about_people() -> Iterator[Described]:
    """List the tables whose rows are about somebody, in the order of `described`."""
    return (its for its in described() if its.about)


def rows_by_way(model: type[Model], subjects: Collection[UUID]) -> "Iterator[QuerySet[Any]]":
    """Yield, for each way to people, the rows that are about these: one a query, or none would go by an index."""
    for way in _catalogue.tables[model].about:
        yield model._default_manager.filter(_reached(way, subjects))


def rows_about(model: type[Model], subjects: Collection[UUID]) -> "QuerySet[Any]":
    """Return the rows of a table that are about these people, by whichever way."""
    found = Q(pk__in=[])
    for way in _catalogue.tables[model].about:
        found |= _reached(way, subjects)
    return model._default_manager.filter(found)


def _reached(way: str | Through, subjects: Collection[UUID]) -> Q:
    return way.of(subjects) if isinstance(way, Through) else Q(**{f"{way}__in": list(subjects)})


def is_personal(model: type[Model], name: str) -> bool:
    """Tell whether a column holds personal data, so that its values go where they can be erased and nowhere else."""
    its = _catalogue.tables.get(model)
    return its is not None and name in its.tags and its.tags[name].is_personal


def holds_text(its: "Field[Any, Any]") -> bool:
    """Tell whether a column must be described: it holds text, or bytes or JSON or an array of such, freely."""
    inner = its.base_field if isinstance(its, ArrayField) else its
    return isinstance(inner, _TEXTS) and (its is not inner or not inner.choices)


def empty_of(its: Any) -> object:
    """Return what a column holds that holds nothing."""
    return None if its.null else its.get_default()
