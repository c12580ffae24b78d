"""Schema editor and operations: foreign keys are immediate."""

from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresSchemaEditor


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        """Make constraints speak at their statement, not at COMMIT (Citus needs it; errors name their line)."""
        return ""


class DatabaseSchemaEditor(PostgresSchemaEditor):
    # Django's own texts add SET CONSTRAINTS … IMMEDIATE, an error for a constraint that is not deferrable.
    sql_create_column_inline_fk = "CONSTRAINT %(name)s REFERENCES %(to_table)s(%(to_column)s)%(deferrable)s"
    sql_delete_fk = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"
