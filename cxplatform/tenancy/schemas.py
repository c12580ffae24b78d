"""Bring one schema to the newest migrations, inside the owner's open transaction."""

import hashlib
from types import SimpleNamespace

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from cxplatform.tenancy import owner, roles
from cxplatform.tenancy.brand import SHARED_SCHEMA, TEMPLATE_SCHEMA
from cxplatform.tenancy.inboxes import grant_inbox


def migrate_schema(cursor: CursorWrapper, schema: str) -> None:
    """Apply what is missing and grant the role its tables; the caller's transaction makes it whole or not at all."""
    apply_migrations(schema)
    grant_tables(cursor, schema)


def apply_migrations(schema: str) -> None:
    """Apply what is missing to the schema that the caller's transaction has as its path."""
    connection = connections[owner.ALIAS]
    connection.set_tenant(SimpleNamespace(schema_name=schema))  # type: ignore[attr-defined]  # the router reads it
    try:
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        executor.migrate(_targets(executor.loader, schema))
    finally:
        connection.set_tenant(SimpleNamespace(schema_name=SHARED_SCHEMA))  # type: ignore[attr-defined]


def grant_tables(cursor: CursorWrapper, schema: str) -> None:
    """Give the schema's role its rights on the tables, and a brand's inbox role its few."""
    roles.grant_tables(cursor, schema, append_only=_append_only())
    login, _ = owner.login_of_application()
    for model in apps.get_models():
        if hasattr(model, "inbox"):
            grant_inbox(cursor, schema, model, login=login)


def newest_of_brands() -> list[tuple[str, str]]:
    """Return the newest migrations of all brand apps, as app and name."""
    return _targets(MigrationLoader(None, ignore_no_migrations=True), TEMPLATE_SCHEMA)


def brand_head() -> str:
    """Digest the newest migrations of all brand apps: two equal digests need no migration."""
    leaves = sorted("/".join(leaf) for leaf in newest_of_brands())
    return hashlib.sha256("\n".join(leaves).encode()).hexdigest()


def _append_only() -> list[str]:
    """List the tables whose models say that rows are added and read, and no more; each lies in every schema."""
    return [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]


def _targets(loader: MigrationLoader, schema: str) -> list[tuple[str, str]]:
    names = settings.SHARED_APPS if schema == SHARED_SCHEMA else settings.TENANT_APPS
    labels = {config.label for config in apps.get_app_configs() if config.name in names}
    return [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] in labels]
