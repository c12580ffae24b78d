from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from apps.insights.comparison.subjects import SUBJECTS

if TYPE_CHECKING:

    class DefinitionSubject(Enum): ...

else:
    DefinitionSubject = strawberry.enum(
        Enum(
            "DefinitionSubject",
            {key: strawberry.enum_value(key, description=subject.description) for key, subject in SUBJECTS.items()},
        ),
        description="What is compared: one of our metrics, and what vendors publish under such a name.",
    )


@strawberry.enum(description="Where a definition puts a row.")
class DefinitionStanding(Enum):
    ABOVE = strawberry.enum_value("ABOVE", description="Above the line and below it: it meets the definition.")
    BELOW = strawberry.enum_value("BELOW", description="Below the line alone: it counts, and does not meet it.")
    LEFT_OUT = strawberry.enum_value("LEFT_OUT", description="Nowhere: it does not count.")
