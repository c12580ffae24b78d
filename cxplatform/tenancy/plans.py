"""How PostgreSQL goes about what it does, where it cannot be left to what it believes of its tables.

Of a table that was filled a moment ago it knows nothing until it has been analyzed, a minute or so later.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from cxplatform.tenancy.doors import sql


@contextmanager
def joined_by_hash() -> Iterator[None]:
    """Have sets joined by hash within the block, in the open door, not row by row.

    A table of which nothing is known is taken for empty: all of one set would be gone through for each row of another.
    """
    with sql() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        # Whoever comes out by an exception leaves a transaction that ends.
        cursor.execute("SET LOCAL enable_nestloop = on")


def plan_anew() -> None:
    """Have the open door's connection forget its plans, those of foreign keys' checks above all.

    One that was made while a table had a page of rows goes through all of it, and is kept while the table grows: each
    row that refers to it would be checked so.
    """
    with sql() as cursor:
        cursor.execute("DISCARD PLANS")
