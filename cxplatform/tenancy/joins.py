"""How PostgreSQL joins sets, where it cannot be left to what it believes of its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from cxplatform.tenancy.doors import sql


@contextmanager
def joined_by_hash() -> Iterator[None]:
    """Have sets joined by hash within the block, in the open door, not row by row.

    Of a table that was filled a moment ago PostgreSQL knows nothing until it has been analyzed, a minute or so later,
    and takes it for empty: it would go through all of one set for each row of the other.
    """
    with sql() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        # Whoever comes out by an exception leaves a transaction that ends.
        cursor.execute("SET LOCAL enable_nestloop = on")
