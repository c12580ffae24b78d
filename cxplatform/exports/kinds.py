"""What can be exported, declared by the app that has the rows, in its `exports.py`:

    export_kind("orders", Order, (Exported("external_id"), Exported("customer", "customer__external_id")))

A column is called as an import of the same rows calls it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cxplatform.errors import NotFound


@dataclass(frozen=True, slots=True)
class Exported:
    """A column: its name in the file, where its value is (of its own name, if that is not said), who may have it."""

    name: str
    path: str = ""
    requires: str | None = None

    @property
    def source(self) -> str:
        return self.path or self.name


@dataclass(frozen=True, slots=True)
class ExportKind:
    """Rows of a model with their columns, in the order of `order`, which ends in the key."""

    name: str
    model: type[Model]
    columns: tuple[Exported, ...]
    order: tuple[str, ...]

    def named(self, names: Sequence[str]) -> list[Exported]:
        """Return the columns of these names, in the kind's own order."""
        return [column for column in self.columns if column.name in names]

    def rows(self, keys: Sequence[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Read the rows of these keys that are still there, in the order of the keys; one SELECT."""
        sources = [column.source for column in self.named(names)]
        found = self.model._default_manager.filter(pk__in=keys).values_list("pk", *sources)
        by_key = {row[0]: row[1:] for row in found}
        return [by_key[key] for key in keys if key in by_key]


_kinds: dict[str, ExportKind] = {}


def export_kind(
    name: str, model: type[Model], columns: tuple[Exported, ...], *, order: tuple[str, ...] = ("id",)
) -> ExportKind:
    """Declare what can be exported."""
    if name in _kinds:
        raise ValueError(f"There is an export {name} already.")
    _kinds[name] = ExportKind(name, model, columns, order)
    return _kinds[name]


def export_kind_named(name: str) -> ExportKind:
    """Return a declared kind. Raises: NotFound."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound(f"Nothing called {name} can be exported.") from None
