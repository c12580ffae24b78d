"""The selections of an operation, as a planner looks at them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from graphql.execution import Executor

from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.relations import ReadColumn

# PostgreSQL cuts longer names.
_LONGEST_NAME = 63


class Selected(NamedTuple):
    """A selected field: of which type, as what declared (`__typename` is no type's), and where in the document."""

    owner: GraphQLObjectType
    field: GraphQLField | None
    details: list[Any]

    @property
    def declared(self) -> GraphQLField:
        assert self.field is not None, "__typename is told apart first"
        return self.field

    @property
    def below(self) -> GraphQLObjectType:
        """Return the type of the object, or of the objects, the field leads to. Raises: NotPlanned."""
        named = get_named_type(self.declared.type)
        if not isinstance(named, GraphQLObjectType):
            raise NotPlanned(str(named))
        return named

    @property
    def attribute(self) -> str:
        """Return the attribute a plain column reads. Raises: NotPlanned."""
        resolve = self.declared.resolve
        if not isinstance(resolve, ReadColumn) or resolve.requires is not None:
            raise NotPlanned(str(self.declared))
        return resolve.attribute


class Selections:
    """Walks selections as the executor does: fragments, aliases, @skip and @include are its business."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor

    def below(self, selected: Selected) -> Iterator[tuple[str, Selected]]:
        """Walk what is selected below a field. Raises: NotPlanned."""
        return self.of(selected.below, selected.details)

    def of(self, owner: GraphQLObjectType, details: list[Any]) -> Iterator[tuple[str, Selected]]:
        """Walk the fields selected of a type: the response's name, and the field. Raises: NotPlanned."""
        for name, each in self._executor.collect_subfields(owner, details).grouped_field_set.items():
            selected = each[0].node.name.value
            if len(name) > _LONGEST_NAME or (selected not in owner.fields and selected != "__typename"):
                raise NotPlanned(name)
            yield name, Selected(owner, owner.fields.get(selected), each)
