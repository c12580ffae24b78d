"""The database backend: django-tenants' wrapper without its session-level SETs.

Stock django-tenants sends `SET search_path` with every cursor. That setting outlives COMMIT, so behind a transaction
pooler the next client inherits it. Here a cursor sends nothing; role and path come from the doors alone.
"""

import select
from typing import TYPE_CHECKING, Any, NoReturn

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.postgresql.introspection import DatabaseIntrospection
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from psycopg.pq import TransactionStatus

from cxplatform.tenancy.backend.resting import Key, Rest, resting
from cxplatform.tenancy.backend.schema import DatabaseOperations, DatabaseSchemaEditor

if TYPE_CHECKING:
    from cxplatform.tenancy.doors import Door


class DatabaseWrapper(TenantsWrapper):  # type: ignore[misc]  # django-tenants ships no types
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations
    # Of Django's, which declares no types of them.
    connection: Any
    close_at: float | None
    savepoint_ids: list[Any]
    atomic_blocks: list[Any]
    run_on_commit: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Stock introspection looks at what the current path shows, which is what a door means.
        self.introspection = DatabaseIntrospection(self)
        self.cx_door: Door | None = None

    def _cursor(self, name: str | None = None) -> Any:
        """Lend a cursor, and send nothing: the door sets the path. Whoever takes one at a held door goes in."""
        if self.cx_door is not None:
            self.cx_door.go_in()
        return BaseDatabaseWrapper._cursor(self, name)  # type: ignore[attr-defined]  # left out of the stubs

    def connect(self) -> None:
        """Take a connection that rests and still stands; connect where there is none."""
        while (rest := resting.take(self._key)) is not None:
            self._begin_with(rest)
            if self.is_usable():
                return
            self.close()
        PostgresWrapper.connect(self)

    def close_if_unusable_or_obsolete(self) -> None:
        """Let go of the connection at a request's beginning and end: close it if it will not do, or let it rest."""
        PostgresWrapper.close_if_unusable_or_obsolete(self)
        driver = self.connection
        if resting.shared and driver is not None and driver.pgconn.transaction_status == TransactionStatus.IDLE:
            resting.put(self._key, Rest(driver, self.close_at))
            self.connection = None

    def _begin_with(self, rest: Rest) -> None:
        """Be as after connecting."""
        self.connection, self.close_at = rest.driver, rest.close_at
        self.in_atomic_block = self.needs_rollback = self.closed_in_transaction = self.errors_occurred = False
        self.savepoint_ids, self.atomic_blocks, self.run_on_commit = [], [], []
        self.health_check_enabled = self.settings_dict["CONN_HEALTH_CHECKS"]
        self.health_check_done = self.autocommit = True

    @property
    def _key(self) -> Key:
        return self.alias, self.settings_dict["NAME"]

    def is_usable(self) -> bool:
        """Tell whether the server still holds the other end, without asking it: that would be a round trip a request.

        A connection at rest has nothing to read. Where there is something, the server or the pooler has hung up.
        """
        connection = self.connection
        if connection is None or connection.closed:
            return False
        resting = select.poll()
        resting.register(connection.fileno(), select.POLLIN)
        return not resting.poll(0)

    def close(self) -> None:
        # A door that is only held has nothing on the connection, and goes on at the next.
        if self.in_atomic_block:
            self.cx_door = None
        PostgresWrapper.close(self)

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Remember the schema for django-tenants' router; no SQL, and no data can be reached by it."""
        self.tenant = tenant
        self.schema_name = tenant.schema_name

    def _get_cursor_search_paths(self) -> NoReturn:
        raise RuntimeError("Session search paths are not used; open a door.")
