"""One owner per data folder; the lock dies with its process, so it is never stale."""

import fcntl
import os
from pathlib import Path

from cxplatform.embedded.errors import EmbeddedError


class FolderLock:
    """Hold `<folder>/<name>.lock`; what is refused tells the process that holds it."""

    def __init__(self, path: Path, what: str) -> None:
        self._path = path
        self._what = what
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock at once or raise."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode().strip()
            os.close(handle)
            by = f" (process {holder})" if holder else ""
            raise EmbeddedError(f"{self._what} is already running in {self._path.parent}{by}") from None
        self._handle = handle
        try:
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
