"""How connections of departments, promises, journeys and their parts may be ordered."""

from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."
_BY_KEY, _BY_POSITION = (
    {"key": Term("key", str, descending=False)},
    {"position": Term("position", int, descending=False)},
)


@strawberry.enum(description="What departments can be ordered by.")
class DepartmentOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of departments.")
class DepartmentOrderBy:
    field: DepartmentOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What promises can be ordered by.")
class BrandPromiseOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of promises.")
class BrandPromiseOrderBy:
    field: BrandPromiseOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What journeys can be ordered by.")
class JourneyOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of journeys.")
class JourneyOrderBy:
    field: JourneyOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What versions of a journey can be ordered by.")
class JourneyVersionOrderField(Enum):
    NUMBER = strawberry.enum_value("number", description="Its place among the journey's versions.")


@strawberry.input(description="An order of versions of a journey.")
class JourneyVersionOrderBy:
    field: JourneyVersionOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What stages can be ordered by.")
class JourneyStageOrderField(Enum):
    POSITION = strawberry.enum_value("position", description="Its place in the version.")


@strawberry.input(description="An order of stages.")
class JourneyStageOrderBy:
    field: JourneyStageOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What touchpoints of a version can be ordered by.")
class PlacementOrderField(Enum):
    POSITION = strawberry.enum_value("position", description="Its place in the version.")


@strawberry.input(description="An order of touchpoints of a version.")
class PlacementOrderBy:
    field: PlacementOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


DEPARTMENT_ORDERS = Orders(input_type=DepartmentOrderBy, terms=_BY_KEY, usual="key")
BRAND_PROMISE_ORDERS = Orders(input_type=BrandPromiseOrderBy, terms=_BY_KEY, usual="key")
JOURNEY_ORDERS = Orders(input_type=JourneyOrderBy, terms=_BY_KEY, usual="key")
JOURNEY_VERSION_ORDERS = Orders(input_type=JourneyVersionOrderBy, terms={"number": Term("number", int)}, usual="number")
JOURNEY_STAGE_ORDERS = Orders(input_type=JourneyStageOrderBy, terms=_BY_POSITION, usual="position")
PLACEMENT_ORDERS = Orders(input_type=PlacementOrderBy, terms=_BY_POSITION, usual="position")
