"""Store many objects of a model at once, with a binary COPY, where Django would write a statement of all their values.

Neither sends signals nor fills what a field would fill when it is saved.
"""

from collections.abc import Sequence
from operator import attrgetter

from django.db.models import Model

from cxplatform.imports.loading import copy_rows, update_rows
from cxplatform.imports.tables import table_column


def store_new(objects: Sequence[Model]) -> None:
    """Store new objects of one model, in the open door."""
    if objects:
        meta = objects[0]._meta
        values = attrgetter(*(field.attname for field in meta.concrete_fields))
        copy_rows(meta.db_table, [table_column(field) for field in meta.concrete_fields], map(values, objects))


def store_changed(objects: Sequence[Model], names: Sequence[str]) -> None:
    """Store what these fields of known objects of one model are by now, in the open door."""
    if objects:
        meta = objects[0]._meta
        by_name = {name: field for field in meta.concrete_fields for name in (field.name, field.attname)}
        fields = [by_name[name] for name in names]
        values = attrgetter(*(field.attname for field in fields), meta.pk.attname)
        update_rows(meta.db_table, [table_column(field) for field in fields], list(map(values, objects)))
