"""Rows that named others which were merged: under which of their identities, kept beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from cxplatform.imports.decisions import State
from cxplatform.imports.kinds import Kind


def tell_named(kind: Kind, stored: Collection[State]) -> None:
    """Tell stored rows which merged ones they name: a query for each column that may name such."""
    if not stored:
        return
    found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    for name, identities in kind.merging.items():
        known = identities.under(kind.model, _attribute(kind, name), [state.id for state in stored])
        for row_id, named in known.items():
            found[row_id][name] = named
    for state in stored:
        if state.id in found:
            state.named = state.named_before = found[state.id]


def note_named(kind: Kind, changed: Iterable[State]) -> None:
    """Keep which merged rows the changed ones name from now on, where that is news."""
    if not kind.merging:
        return
    news = [state for state in changed if state.named != state.named_before]
    for name, identities in kind.merging.items():
        told = ((state.id, (state.named or {}).get(name), (state.named_before or {}).get(name)) for state in news)
        rows = {row_id: named for row_id, named, before in told if named != before}
        if rows:
            identities.note(kind.model, _attribute(kind, name), rows)


def _attribute(kind: Kind, name: str) -> str:
    field: Any = kind.model._meta.get_field(kind.columns[name].field or name)
    attribute: str = field.attname
    return attribute
