"""PostgreSQL and Valkey without installing either: launchers, and a supervisor for what runs on them."""

from cxplatform.embedded.errors import DiskFullError, EmbeddedError
from cxplatform.embedded.postgres import EmbeddedPostgres, PostgresUrls
from cxplatform.embedded.valkey import EmbeddedValkey

__all__ = ["DiskFullError", "EmbeddedError", "EmbeddedPostgres", "EmbeddedValkey", "PostgresUrls"]
