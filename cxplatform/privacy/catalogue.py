"""The catalogue of brand tables: each app says in its module `personal` what its columns hold and whom a row is about.

    describe(Message, {**IMPORTED, "text": TEXT}, about="interaction__customer", active="at")

A test fails on a column of text that nobody described, and on a described one that is gone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from cxplatform.privacy.described import Described, Through
from cxplatform.privacy.tags import Tag


@dataclass
class _Catalogue:
    tables: dict[type[Model], Described] = field(default_factory=dict)
    subject: type[Model] | None = None
    same: str = ""


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


def describe_subject(model: type[Model], tags: Mapping[str, Tag], *, active: str | tuple[str, ...], same: str) -> None:
    """Describe the one table whose rows are the people themselves.

    `same`: the column of a row that is somebody under another name, which holds whose main row it is; else null.
    """
    if _catalogue.subject is not None:
        raise ValueError(f"The people are in {_catalogue.subject.__name__} already.")
    _catalogue.subject, _catalogue.same = model, same
    describe(model, tags, about="pk", active=active)


def subject_model() -> type[Model]:
    """Return the table of the people."""
    assert _catalogue.subject is not None
    return _catalogue.subject


def everybody() -> "QuerySet[Any]":
    """Return the people, each once: by the main row."""
    return subject_model()._default_manager.filter(**{f"{_catalogue.same}__isnull": True})


def under_all_names(subjects: Collection[UUID]) -> list[UUID]:
    """Return the keys of these people's rows, with those that are theirs under other names."""
    others = subject_model()._default_manager.filter(**{f"{_catalogue.same}__in": list(subjects)})
    return [*dict.fromkeys([*subjects, *others.order_by("pk").values_list("pk", flat=True)])]


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
    if isinstance(way, str):
        return Q(**{f"{way}__in": list(subjects)})
    named = rows_about(way.model, subjects).filter(source=OuterRef("source"), external_id=OuterRef(way.column))
    return Q(Exists(named)) & (Q(**{f"{way.unless}__isnull": True}) if way.unless else Q())


def is_personal(model: type[Model], name: str) -> bool:
    """Tell whether a column holds personal data, so that its values go where they can be erased and nowhere else."""
    its = _catalogue.tables.get(model)
    return its is not None and name in its.tags and its.tags[name].is_personal
