from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.permissions import Permission
from apps.journeys.graphql.mapping.filters import BrandPromiseWhere, DepartmentWhere, JourneyWhere
from apps.journeys.graphql.mapping.orders import BRAND_PROMISE_ORDERS, DEPARTMENT_ORDERS, JOURNEY_ORDERS
from apps.journeys.graphql.mapping.types import BrandPromise, Department, Journey, JourneyVersion
from apps.journeys.selectors import in_force
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

JourneyKey = Annotated[str, strawberry.argument(description="The journey's key.")]
At = Annotated[datetime | None, strawberry.argument(description="The instant; now when left out.")]


@strawberry.type
class JourneyQueries:
    departments: Connection[Department] | None = root_connection(
        Department, DEPARTMENT_ORDERS, DepartmentWhere, description="The parts of the company, by key."
    )
    brand_promises: Connection[BrandPromise] | None = root_connection(
        BrandPromise, BRAND_PROMISE_ORDERS, BrandPromiseWhere, description="What is promised, by key; retired ones too."
    )
    journeys: Connection[Journey] | None = root_connection(
        Journey, JOURNEY_ORDERS, JourneyWhere, description="The ways customers go with the brand, by key."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="The version of a journey in force at an instant; null when none was.",
    )
    def journey(self, info: Info, key: JourneyKey, at: At = UNSET) -> JourneyVersion | None:
        held = in_force(JourneyVersion.visible(info), at or info.context.now).filter(journey__key=key)
        return next(iter(JourneyVersion.load(held[:1], info._raw_info)), None)
