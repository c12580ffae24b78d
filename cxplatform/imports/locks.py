"""Keep imports from naming rows of a table while somebody else changes what names mean."""

from django.db.models import Model

from cxplatform.imports.kinds import kind_named, kind_names
from cxplatform.imports.loading import lock_kind
from cxplatform.tenancy.doors import current_brand


def lock_kinds_naming(model: type[Model]) -> None:
    """Let nobody else load a kind that refers to the model until the transaction ends; in the order of their names."""
    for kind in map(kind_named, kind_names()):
        if any(reference.model is model for reference in kind.references.values()):
            lock_kind(current_brand(), kind)


def lock_all_kinds() -> None:
    """Let nobody else load anything for the open door's brand until the transaction ends; in the order of names."""
    for kind in map(kind_named, kind_names()):
        lock_kind(current_brand(), kind)
