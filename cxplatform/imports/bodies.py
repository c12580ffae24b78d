"""Bodies on disk: whole and durable before anything speaks of them, or not there at all."""

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cxplatform.errors import Unavailable
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.files import brand_dir

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class StoredBody:
    file_name: str
    bytes: int


def import_dir(brand: BrandRef) -> Path:
    """Return the brand's folder of import bodies and rejects."""
    return brand_dir(brand, "imports")


def store(brand: BrandRef, job_id: UUID, suffix: str, pieces: Iterable[bytes]) -> StoredBody:
    """Write the pieces to the job's file; on any error nothing is kept.

    Raises: Unavailable, when the disk is full; whatever reading the pieces raises.
    """
    folder = import_dir(brand)
    name = f"{job_id}.{suffix}"
    part = folder / f"{name}.part"
    try:
        size = _write(part, pieces)
        part.rename(folder / name)
        _sync_folder(folder)
    except OSError as error:
        if error.errno in _FULL:
            raise Unavailable("There is no room to store the body; try again later.") from error
        raise
    finally:
        part.unlink(missing_ok=True)
    return StoredBody(name, size)


def discard(brand: BrandRef, file_name: str) -> None:
    """Remove a body that is not needed any more, if it is there."""
    (import_dir(brand) / file_name).unlink(missing_ok=True)


def _write(path: Path, pieces: Iterable[bytes]) -> int:
    size = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
