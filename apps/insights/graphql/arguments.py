from decimal import Decimal
from typing import Annotated

import strawberry

AgentHour = Annotated[
    Decimal, strawberry.argument(description="What an agent's hour costs, in the brand's currency: up to 100,000.")
]
