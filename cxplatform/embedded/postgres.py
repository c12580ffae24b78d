"""A PostgreSQL server of our own: loopback only, generated passwords, gone when we are."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psycopg

from cxplatform.embedded import roles
from cxplatform.embedded.binaries import postgres_binaries
from cxplatform.embedded.errors import EmbeddedError, from_os_error, from_output
from cxplatform.embedded.initdb import PLAIN_ENV, ensure_cluster
from cxplatform.embedded.leftovers import clear_leftovers
from cxplatform.embedded.locks import FolderLock
from cxplatform.embedded.places import Place, find_place
from cxplatform.embedded.ports import LOOPBACK, free_port
from cxplatform.embedded.private_files import passwords
from cxplatform.embedded.processes import POLL_SECONDS, Child, spawn

_SUPERUSER = "postgres"
_START_SECONDS = 120.0  # recovery after a crash replays the log first
_PORT_ATTEMPTS = 5
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Its log quotes neither rows nor statements: nothing is erased from it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PostgresUrls:
    """How to reach database `cxplatform` as its owner and as the application, and `postgres` as superuser."""

    owner: str
    app: str
    admin: str


class EmbeddedPostgres:
    """Run one cluster under `data_dir`; passwords and data stay between runs.

    Not `durable`: a crash may lose everything, for tests. `binaries`: the folder of another PostgreSQL's programs.
    """

    def __init__(
        self, data_dir: Path, *, durable: bool = True, log_file: Path | None = None, binaries: Path | None = None
    ) -> None:
        self._data_dir = data_dir.resolve()
        self._binaries = binaries
        self._durable = durable
        self._log_file = log_file or self._data_dir / "postgres.log"
        self._lock = FolderLock(self._data_dir / "postgres.lock", "PostgreSQL")
        self._child: Child | None = None

    def start(self) -> PostgresUrls:
        """Start the server and make its roles and database if they are missing."""
        try:
            self._lock.acquire()
            return self._start()
        except OSError as error:
            self.stop()
            raise from_os_error(error, self._data_dir) from error
        except BaseException:
            self.stop()
            raise

    def alive(self) -> bool:
        return self._child is not None and self._child.alive()

    def ending(self) -> str:
        """Say how the server ended."""
        return self._child.ending() if self._child else "never started"

    def output(self) -> str:
        """Return the end of the server's log."""
        return self._child.output() if self._child else ""

    def stop(self, *, hurry: Callable[[], bool] = lambda: False) -> None:
        """Disconnect everybody and stop. Harmless when not running."""
        if self._child is not None:
            self._child.stop(hurry=hurry)
            self._child = None
        self._lock.release()

    def __enter__(self) -> PostgresUrls:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _start(self) -> PostgresUrls:
        place = find_place(self._data_dir, self._binaries or postgres_binaries())
        known = passwords(self._data_dir / "passwords.json", _SUPERUSER, roles.OWNER, roles.APP)
        ensure_cluster(place, known[_SUPERUSER], durable=self._durable)
        clear_leftovers(place.cluster)
        port = self._start_on_a_free_port(place)

        def url(role: str, database: str) -> str:
            return f"postgres://{role}:{known[role]}@{LOOPBACK}:{port}/{database}"

        admin = url(_SUPERUSER, "postgres")
        try:
            with psycopg.connect(admin, autocommit=True) as connection:
                roles.ensure_roles(connection, known)
        except psycopg.Error as error:
            raise from_output(str(error), place.home, f"PostgreSQL could not be set up: {error}") from error
        return PostgresUrls(owner=url(roles.OWNER, roles.DATABASE), app=url(roles.APP, roles.DATABASE), admin=admin)

    def _start_on_a_free_port(self, place: Place) -> int:
        settings = _SETTINGS | ({} if self._durable else _NOT_DURABLE)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        for _ in range(_PORT_ATTEMPTS):
            port = free_port()
            self._child = spawn(
                "postgres",
                [place.binaries / "postgres", "-D", place.cluster, "-p", str(port), *options],
                log_file=self._log_file,
                env=PLAIN_ENV,
                cwd=place.home if place.account is None else Path("/"),
                account=place.account,
                stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for clients to leave
                grace_seconds=30,
            )
            if self._wait_until_ready(place.cluster, port):
                return port
            self._child.stop()
        raise EmbeddedError("PostgreSQL found no free port on 127.0.0.1")

    def _wait_until_ready(self, cluster: Path, port: int) -> bool:
        """Wait for the server to take connections; False when somebody else got the port first."""
        assert self._child is not None
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if not self._child.alive():
                output = self._child.output()
                if "Address already in use" in output:
                    return False
                raise from_output(output, cluster, f"PostgreSQL did not start (see {self._log_file})")
            if _is_ready(cluster / "postmaster.pid", port):
                return True
            time.sleep(POLL_SECONDS)
        raise EmbeddedError(f"PostgreSQL took longer than {_START_SECONDS:.0f} s to start (see {self._log_file})")


def _is_ready(pid_file: Path, port: int) -> bool:
    """Read the state the server writes into its pid file: line 4 the port, line 8 `ready`."""
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return lines[3:4] == [str(port)] and "".join(lines[7:8]).strip() == "ready"
