"""What a program has written to its log since it was started."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Written:
    """A log file, where in it this run began, and up to where it has been read."""

    log_file: Path
    start: int
    read_to: int

    def end(self, limit: int) -> str:
        """Return the last so many bytes of this run's."""
        with contextlib.suppress(OSError), self.log_file.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(self.start, size - limit))
            return log.read().decode(errors="replace")
        return ""

    def new_lines(self) -> list[str]:
        """Return the whole lines written since the last call."""
        with contextlib.suppress(OSError), self.log_file.open("rb") as log:
            log.seek(self.read_to)
            whole, newline, _ = log.read().rpartition(b"\n")
            self.read_to += len(whole) + len(newline)
            return whole.decode(errors="replace").splitlines()
        return []
