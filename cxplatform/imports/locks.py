"""Keep imports from naming rows of a table while somebody else changes what names mean."""

from django.db.models import Model

from cxplatform.imports.kinds import Kind, kind_named, kind_names
from cxplatform.imports.loading import lock_kind
from cxplatform.tenancy.doors import current_brand


def lock_kinds_naming(model: type[Model]) -> None:
    """Let nobody else load a kind that refers to the model until the transaction ends."""
    for kind in _in_order():
        if any(reference.model is model for reference in kind.references.values()):
            lock_kind(current_brand(), kind)


def lock_all_kinds() -> None:
    """Let nobody else load anything for the open door's brand until the transaction ends."""
    for kind in _in_order():
        lock_kind(current_brand(), kind)


def _in_order() -> list[Kind]:
    """List all kinds as whoever locks several does: one whose loading locks others comes ahead of these."""
    return sorted(map(kind_named, kind_names()), key=lambda kind: (-_depth(kind), kind.name))


def _depth(kind: Kind) -> int:
    return max((1 + _depth(kind_named(name)) for name in kind.locks), default=0)
