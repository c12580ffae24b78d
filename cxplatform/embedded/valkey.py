"""A Valkey server of our own: broker of wake-up messages, cache, live topics. Nothing in it must survive."""

import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from cxplatform.embedded.binaries import valkey_binary
from cxplatform.embedded.errors import EmbeddedError, from_os_error, from_output
from cxplatform.embedded.locks import FolderLock
from cxplatform.embedded.ports import LOOPBACK, free_port
from cxplatform.embedded.private_files import passwords, write_private
from cxplatform.embedded.processes import POLL_SECONDS, Child, spawn

_START_SECONDS = 20.0
_PORT_ATTEMPTS = 5
# No persistence: the queue of record is in PostgreSQL, and a full disk cannot stop a server that writes
# nothing. Eviction takes only keys with an expiry, never a broker's queue.
_CONFIG = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
save ""
appendonly no
dir {folder}
maxmemory 256mb
maxmemory-policy volatile-lru
tcp-backlog 128
daemonize no
"""


class EmbeddedValkey:
    """Run one server; its password stays between runs, its contents do not."""

    def __init__(self, data_dir: Path, *, log_file: Path | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._log_file = log_file or self._data_dir / "valkey.log"
        self._lock = FolderLock(self._data_dir / "valkey.lock", "Valkey")
        self._child: Child | None = None

    def start(self) -> str:
        """Start the server; return its URL, `redis://:<password>@127.0.0.1:<port>/0`."""
        try:
            self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
            return self._start(valkey_binary())
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
        """Stop. Harmless when not running."""
        if self._child is not None:
            self._child.stop(hurry=hurry)
            self._child = None
        self._lock.release()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _start(self, program: Path) -> str:
        password = passwords(self._data_dir / "passwords.json", "valkey")["valkey"]
        config = self._data_dir / "valkey.conf"
        for _ in range(_PORT_ATTEMPTS):
            port = free_port()
            # A file, not arguments: those are visible to every user of the machine.
            folder = f'"{self._data_dir}"'
            write_private(config, _CONFIG.format(host=LOOPBACK, port=port, password=password, folder=folder))
            self._child = spawn("valkey", [program, config], log_file=self._log_file, cwd=self._data_dir)
            if self._wait_until_ready(port, password):
                return f"redis://:{password}@{LOOPBACK}:{port}/0"
            self._child.stop()
        raise EmbeddedError("Valkey found no free port on 127.0.0.1")

    def _wait_until_ready(self, port: int, password: str) -> bool:
        """Wait for the server to know our password; False when somebody else got the port first."""
        assert self._child is not None
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if not self._child.alive():
                output = self._child.output()
                if "Address already in use" in output:
                    return False
                raise from_output(output, self._data_dir, f"Valkey did not start (see {self._log_file})")
            if _answers(port, password):
                return True
            time.sleep(POLL_SECONDS)
        raise EmbeddedError(f"Valkey took longer than {_START_SECONDS:.0f} s to start (see {self._log_file})")


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\n".encode())
            return connection.recv(16).startswith(b"+OK")
    except OSError:
        return False
