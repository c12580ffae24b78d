"""Locks of a brand by name, for work of which only one may be under way."""

from cxplatform.tenancy.doors import sql


def lock(name: str) -> None:
    """Wait until nobody else holds the brand's lock of this name; held to the end of the open door's transaction."""
    with sql() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext(%s))", [name])
