"""How many rows of a table PostgreSQL read: what a bad plan shows on any machine, however fast."""

from django.db import connection


def rows_read(table: str, *, ever: bool = False) -> int:
    """Count the rows of a table of the open door that this transaction read, or that anybody ever did.

    Those of scans and those found through indexes; of indexes not their entries, some of which may be of rows that
    other tests deleted.
    """
    told = "pg_stat_get" if ever else "pg_stat_get_xact"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT sum({told}_tuples_fetched(c.oid)
                + CASE WHEN i.indexrelid IS NULL THEN {told}_tuples_returned(c.oid) ELSE 0 END)
            FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE coalesce(i.indrelid, c.oid) = %s::regclass
            """,
            [table],
        )
        return int(cursor.fetchone()[0])
