"""The database, broker and cache: embedded unless the environment names others."""

from dataclasses import dataclass

from config.demo.choices import Choices
from cxplatform.embedded import EmbeddedPostgres, EmbeddedValkey
from cxplatform.embedded.supervisor import Supervisor


@dataclass(frozen=True)
class ServerUrls:
    """Where the servers are; only migrations and the worker get the owner's."""

    database: str
    database_owner: str
    broker: str
    cache: str


def start_servers(choices: Choices, supervisor: Supervisor) -> ServerUrls:
    """Start what is not given."""
    database, owner = choices.database_url, choices.database_owner_url
    if not database:
        postgres = EmbeddedPostgres(choices.data_dir / "postgres", log_file=choices.log_dir / "postgres.log")
        urls = postgres.start()
        supervisor.adopt("postgres", postgres)
        database, owner = urls.app, urls.owner
    broker, cache = choices.broker_url, choices.cache_url
    if not (broker and cache):
        valkey = EmbeddedValkey(choices.data_dir / "valkey", log_file=choices.log_dir / "valkey.log")
        url = valkey.start()
        supervisor.adopt("valkey", valkey)
        # Two databases of one server: emptying the cache must not empty the queues.
        broker, cache = broker or url, cache or url.removesuffix("/0") + "/1"
    return ServerUrls(database, owner, broker, cache)
