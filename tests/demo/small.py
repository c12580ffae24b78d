"""Two brands with a year of little data, made by the demo's own code; as a program, so that it can be killed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from config.demo.story.plans import ACME, GLOBEX

_SIZE = {"customers": 120, "agents": 4, "first_contacts_a_week": 6, "orders_a_week": 3, "relational_answers_a_week": 1}
PLANS = (
    replace(ACME, slug="little-acme", **_SIZE),  # type: ignore[arg-type]  # sizes are whole numbers
    replace(GLOBEX, slug="little-globex", **_SIZE),  # type: ignore[arg-type]  # as above
)
# Long past: what is queued for a time to come would wait for it.
NOW = datetime(2025, 6, 20, 15, 0, tzinfo=UTC)


def make(demo_file: Path, *, now: datetime = NOW, port: int = 8000) -> list[str]:
    """Make the little demo; what it said."""
    from config.demo.making import make_demo

    said: list[str] = []
    make_demo(PLANS, demo_file, port=port, live_port=8001, now=now, say=said.append)
    return said


def forget() -> None:
    """Drop the little brands' schemas, which emptying the tables leaves."""
    forget_demo("little-%")


def forget_demo(slug: str) -> None:
    """Drop the schemas of the brands whose slug is like this."""
    from django.db import connections

    from cxplatform.tenancy import owner, roles
    from cxplatform.tenancy.brand import SHARED_SCHEMA

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT schema_name FROM shared.accounts_brand WHERE slug LIKE %s", [slug])
        schemas = [row[0] for row in cursor.fetchall()]
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        for schema in schemas:
            roles.drop_schema(cursor, schema)


if __name__ == "__main__":
    import os

    import django

    django.setup()
    make(Path(os.environ["CX_DATA_DIR"], "demo.json"))
