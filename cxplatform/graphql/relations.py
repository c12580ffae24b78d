"""The resolvers behind declared fields: plain callables, made once a schema, with nothing in them per request."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from cxplatform.graphql.context import ResolveInfo
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.keyset import matching, row_key
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.siblings import selection_key, siblings_of


class ReadColumn:
    """Read an attribute of the row; `requires` None: whoever may see the row may read it."""

    __slots__ = ("attribute", "requires")

    def __init__(self, attribute: str, requires: str | None) -> None:
        self.attribute = attribute
        self.requires = requires

    def __call__(self, source: Any, info: ResolveInfo) -> Any:
        if self.requires is not None:
            info.context.require(self.requires)
        return getattr(source, self.attribute)


class ReadGlobalId:
    """Write the global id of what an attribute of the row is the key of: usually the row itself."""

    __slots__ = ("attribute", "type_name")

    def __init__(self, type_name: str, attribute: str = "id") -> None:
        self.type_name = type_name
        self.attribute = attribute

    def __call__(self, source: Any, info: ResolveInfo) -> str | None:
        return self.read(source)

    def read(self, source: Any) -> str | None:
        key: UUID | None = getattr(source, self.attribute)
        return None if key is None else global_id(self.type_name, key)


class ReadRelation:
    """Read the row of `node` whose columns equal this row's attributes; with it, those of all its siblings."""

    __slots__ = ("attributes", "columns", "node")

    def __init__(self, node: type[Stored], attributes: tuple[str, ...], columns: tuple[str, ...]) -> None:
        self.node = node
        self.attributes = attributes
        self.columns = columns

    def __call__(self, source: Any, info: ResolveInfo) -> Any:
        key = row_key(source, self.attributes)
        if None in key:
            return None
        slot = (id(self), selection_key(info))
        return siblings_of(source).load(slot, lambda members: self._fetch(members, info)).get(key)

    def _fetch(self, members: Sequence[Model], info: ResolveInfo) -> dict[tuple[Any, ...], Any]:
        keys = {key for member in members if None not in (key := row_key(member, self.attributes))}
        rows = self.node.load(self.node.visible(info).filter(matching(self.columns, keys)), info)
        return {row_key(row, self.columns): row for row in rows}
