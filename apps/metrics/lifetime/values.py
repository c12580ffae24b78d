"""What customers are expected to be worth, as stored: replaced whole with every fit.

One of the modules that may write SQL by hand: Django would read every row before it deleted it.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from apps.metrics.models import CustomerValue
from cxplatform.ids import uuid7
from cxplatform.imports.loading import copy_rows
from cxplatform.imports.tables import TableColumn, table_column
from cxplatform.tenancy.doors import sql


class Value(NamedTuple):
    """One customer's: `p_alive` 0 to 1, `purchases` over the months ahead, `value` in the brand's currency."""

    customer: UUID
    first_bought_at: datetime
    p_alive: float
    purchases: float
    value: float


def replace_values(values: Iterable[Value], *, fitted_at: datetime) -> None:
    """Store these in place of all there are; in the open door."""
    with sql() as cursor:
        cursor.execute("DELETE FROM metrics_customervalue")
    copy_rows(CustomerValue._meta.db_table, _columns(), ((uuid7(), *value, fitted_at) for value in values))


@cache
def _columns() -> list[TableColumn]:
    return [table_column(CustomerValue._meta.get_field(name)) for name in ("id", *Value._fields, "fitted_at")]
