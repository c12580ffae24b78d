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

from cxplatform.tenancy.backend.schema import DatabaseOperations, DatabaseSchemaEditor

if TYPE_CHECKING:
    from cxplatform.tenancy.doors import Door


class DatabaseWrapper(TenantsWrapper):  # type: ignore[misc]  # django-tenants ships no types
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations

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
        self.cx_door = None
        PostgresWrapper.close(self)

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Remember the schema for django-tenants' router; no SQL, and no data can be reached by it."""
        self.tenant = tenant
        self.schema_name = tenant.schema_name

    def _get_cursor_search_paths(self) -> NoReturn:
        raise RuntimeError("Session search paths are not used; open a door.")
