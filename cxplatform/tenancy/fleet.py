"""Migrate the whole fleet: the shared schema, then every brand that is behind, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from cxplatform.tenancy import owner, roles
from cxplatform.tenancy.brand import SHARED_SCHEMA, schema_name
from cxplatform.tenancy.schemas import brand_head, migrate_schema

# One lock for all processes that change the structure of this database.
_FLEET_LOCK = 0x63785F666C656574


@dataclass(frozen=True)
class FleetReport:
    migrated: int
    skipped: int
    failed: dict[UUID, str]


def migrate_shared() -> None:
    """Prepare the database's roles and schemas and bring the shared schema to its head."""
    login, password = owner.login_of_application()
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FLEET_LOCK])
        roles.prepare_database(cursor, login=login, password=password)
        migrate_schema(cursor, SHARED_SCHEMA)


def migrate_brands(say: Callable[[str], None]) -> FleetReport:
    """Bring every made brand to head; a brand that fails is recorded with its error and holds up no other."""
    head = brand_head()
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        cursor.execute(
            "SELECT b.id, s.head IS NOT DISTINCT FROM %s AND s.state = 'AT_HEAD' FROM accounts_brand b "
            "LEFT JOIN tenancy_schema_state s ON s.brand_id = b.id "
            "WHERE b.status IN ('ACTIVE', 'SUSPENDED') ORDER BY b.id",
            [head],
        )
        brands: list[tuple[UUID, bool]] = cursor.fetchall()
    failed: dict[UUID, str] = {}
    behind = [brand_id for brand_id, at_head in brands if not at_head]
    for brand_id in behind:
        try:
            migrate_brand(brand_id, head)
        except DatabaseError as error:
            failed[brand_id] = str(error).strip()
            record_state(brand_id, head="", state="FAILED", error=failed[brand_id])
        say(f"{schema_name(brand_id)}: {failed.get(brand_id, 'at head')}")
    return FleetReport(len(behind) - len(failed), len(brands) - len(behind), failed)


def migrate_brand(brand_id: UUID, head: str) -> None:
    """Bring one brand's schema to head and note it in the ledger, in one transaction."""
    with owner.owner_tx(schema_name(brand_id)) as cursor:
        migrate_schema(cursor, schema_name(brand_id))
        write_state(cursor, brand_id, head, "AT_HEAD", "")


def record_state(brand_id: UUID, *, head: str, state: str, error: str) -> None:
    """Note in the ledger where a brand's schema stands."""
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        write_state(cursor, brand_id, head, state, error)


def write_state(cursor: CursorWrapper, brand_id: UUID, head: str, state: str, error: str) -> None:
    """Note it within the caller's transaction."""
    cursor.execute(
        "INSERT INTO shared.tenancy_schema_state (brand_id, head, state, error, migrated_at) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (brand_id) DO UPDATE SET "
        "head = excluded.head, state = excluded.state, error = excluded.error, migrated_at = excluded.migrated_at",
        [brand_id, head, state, error, timezone.now()],
    )
