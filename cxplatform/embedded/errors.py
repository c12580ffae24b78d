"""What goes wrong on a real machine, said in one line."""

import errno
import re
from pathlib import Path

_FULL_DISK = re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE)
_SERIOUS = re.compile(r"(?:FATAL|PANIC|ERROR|error): .*")


class EmbeddedError(Exception):
    """Say in one line what stopped the servers or their programs, and what to do about it."""


class DiskFullError(EmbeddedError):
    """Name the folder whose disk has no room left."""

    def __init__(self, where: Path) -> None:
        super().__init__(f"the disk is full: no space left for {where} (free some, or set CX_DATA_DIR)")


def from_os_error(error: OSError, where: Path) -> EmbeddedError:
    """Turn an operating system's error into one line that names the place."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(where)
    return EmbeddedError(f"{error.filename or where}: {error.strerror or error}")


def from_output(output: str, where: Path, otherwise: str) -> EmbeddedError:
    """Find the reason in a program's output; `otherwise` says what it was doing."""
    if _FULL_DISK.search(output):
        return DiskFullError(where)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = _SERIOUS.findall(output) or lines
    return EmbeddedError(f"{otherwise}: {telling[-1]}" if telling else otherwise)
