"""The base of every type that is a row, and the one place where it says which rows a viewer may see."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

import strawberry
from django.db.models import Model, QuerySet
from strawberry_django.type import StrawberryDjangoDefinition

from cxplatform.graphql.columns import column
from cxplatform.graphql.context import AnyInfo, RequestContext, ResolveInfo
from cxplatform.graphql.naming import camel
from cxplatform.graphql.selection import names_below
from cxplatform.graphql.siblings import keep_together


@strawberry.interface(description="An object with an id that is unique among all objects.")
class Node:
    """What `node(id:)` can find. A concrete type says how, itself or by being `Stored`."""

    id: strawberry.ID = column("Its id, unique among all types; `node(id:)` finds it again.")

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        """Return the object, if this viewer may see it. Raises: Forbidden, when it may see none of the kind."""
        raise NotImplementedError


class Stored:
    """A node that is a row of the model its `strawberry_django.type` names; written before `Node` among a type's bases.

    A concrete type defines `get_queryset` itself, which is strawberry-django's hook: which rows of the brand this
    viewer may see.
    """

    __strawberry_django_definition__: ClassVar[StrawberryDjangoDefinition[Any, Any]]
    # The permission without which no row of this type is shown, by whatever way it is reached.
    requires: ClassVar[str]
    # Columns read whether selected or not, besides keys: rows are found by them.
    kept: ClassVar[tuple[str, ...]] = ("source", "external_id")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        """Narrow to the rows this viewer may see."""
        raise NotImplementedError

    @classmethod
    def visible(cls, info: AnyInfo) -> "QuerySet[Any]":
        """Return all rows this viewer may see. Raises: Forbidden, when it may see none of the kind."""
        info.context.require(cls.requires)
        info.context.need_brand()
        return cls.get_queryset(cls.everything(), info)

    @classmethod
    def everything(cls) -> "QuerySet[Any]":
        """Return all rows that there are for anybody."""
        return cls.model()._default_manager.all()

    @classmethod
    def load(cls, queryset: "QuerySet[Any]", info: ResolveInfo, keep: Iterable[str] = ()) -> Sequence[Any]:
        """Read rows as siblings: the columns selected anywhere below, those `kept`, and those the caller keeps."""
        context: RequestContext = info.context
        unread = cls._columns().difference(names_below(info), map(camel, keep))
        queryset = queryset.defer(*(cls._columns_by_name()[name] for name in unread)) if unread else queryset
        rows = read_within(queryset, context)
        keep_together(rows)
        return rows

    @classmethod
    def model(cls) -> type[Model]:
        """Return the model whose rows these are."""
        model: type[Model] = cls.__strawberry_django_definition__.model
        return model

    @classmethod
    def _columns(cls) -> frozenset[str]:
        return frozenset(cls._columns_by_name())

    @classmethod
    @cache
    def _columns_by_name(cls) -> dict[str, str]:
        """Map the columns that may be left unread from their names in the schema."""
        fields = cls.model()._meta.concrete_fields
        optional = [field for field in fields if not (field.primary_key or field.is_relation or field.name in cls.kept)]
        return {camel(field.name): field.name for field in optional}

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        """Read one row, if this viewer may see it. Raises: Forbidden."""
        rows = cls.load(cls.visible(info).filter(pk=key)[:1], info)
        return rows[0] if rows else None


def read_within(queryset: "QuerySet[Any]", context: RequestContext) -> list[Any]:
    """Read rows out of the operation's allowance. Raises: TooComplex."""
    rows = list(queryset if queryset.query.is_sliced else queryset[: max(context.rows_left, 0) + 1])
    context.spend_rows(len(rows))
    return rows
