"""Root fields: each declares its plane and its permission, and is guarded by what it declared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import strawberry
from django.db import transaction
from graphql import GraphQLSchema
from strawberry.extensions import FieldExtension
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from cxplatform.graphql.context import Info, RequestContext
from cxplatform.graphql.payloads import CLIENT_FAULTS, errors_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import A_LIVE_FIELD, A_MUTATION, A_QUERY, Price, priced


@dataclass(frozen=True)
class RootField:
    """What is known of a root field without calling it; `requires` None: whoever is signed in."""

    operation: str
    name: str
    plane: Plane
    requires: str | None


class Guard(FieldExtension):
    """Check permission and brand before the resolver runs.

    A mutation, which has a `payload`, runs in a savepoint: what the client got wrong rolls back and is told in the
    payload's `user_errors`; anything else rolls back and is an error of the operation.
    """

    def __init__(self, plane: Plane, requires: str | None, *, payload: type | None = None) -> None:
        self.plane = plane
        self.requires = requires
        self.payload = payload

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        context: RequestContext = info.context
        context.require(self.requires)
        if self.plane is Plane.BRAND:
            context.need_brand()
        if self.payload is None:
            return next_(source, info, **kwargs)
        try:
            with transaction.atomic():
                return next_(source, info, **kwargs)
        except CLIENT_FAULTS as fault:
            return self.payload(user_errors=errors_of(fault))


def query_field(
    *, plane: Plane, requires: str | None = None, description: str, price: Price = A_QUERY
) -> StrawberryField:
    """Declare a field of Query; decorate its resolver with it. `requires` None: whoever is signed in may ask."""
    declared: StrawberryField = strawberry.field(
        description=description, extensions=[Guard(plane, requires)], metadata=priced(price)
    )
    return declared


def mutation_field(*, plane: Plane, requires: str, payload: type, description: str) -> StrawberryField:
    """Declare a field of Mutation; decorate its resolver with it. `payload` can be made of `user_errors` alone."""
    declared: StrawberryField = strawberry.field(
        description=description, extensions=[Guard(plane, requires, payload=payload)], metadata=priced(A_MUTATION)
    )
    return declared


def live_field(*, requires: str, description: str) -> StrawberryField:
    """Declare a field of Subscription; decorate with it what reads its present state.

    The resolver looks once, in the brand's door, and tells `context.follow` when to look again. So every push is
    authorised, opens one door, and holds no connection until the next.
    """
    declared: StrawberryField = strawberry.field(
        description=description, extensions=[Guard(Plane.BRAND, requires)], metadata=priced(A_LIVE_FIELD)
    )
    return declared


def guard_of(field: StrawberryField) -> Guard | None:
    """Return the guard of a declared root field."""
    return next((extension for extension in field.extensions if isinstance(extension, Guard)), None)


def root_fields(schema: GraphQLSchema) -> Iterator[RootField]:
    """List every field of Query, Mutation and Subscription with what it declared.

    Raises: TypeError, for one that was not declared through this module.
    """
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    for operation, root in roots.items():
        for name, field in root.fields.items() if root else ():
            declared = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
            guard = guard_of(declared)
            if guard is None:
                raise TypeError(f"{operation} field {name} declares neither plane nor permission.")
            yield RootField(operation, name, guard.plane, guard.requires)
