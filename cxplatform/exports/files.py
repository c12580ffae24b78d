"""Where exports lie: in the brand's own folder, each known by its job's id."""

import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.files import brand_dir

_KEY_BYTES = 16


def exports_dir(brand: BrandRef) -> Path:
    return brand_dir(brand, "exports")


def keys_path(brand: BrandRef, job_id: UUID) -> Path:
    """Return where the keys of the rows are, 16 bytes each, in the order of the file."""
    return exports_dir(brand) / f"{job_id}.keys"


def work_path(brand: BrandRef, job_id: UUID) -> Path:
    """Return where rows are written one chunk after the other."""
    return exports_dir(brand) / f"{job_id}.work"


def file_path(brand: BrandRef, job_id: UUID) -> Path:
    """Return where the finished file is."""
    return exports_dir(brand) / f"{job_id}.file"


def store_keys(path: Path, packed: bytes) -> None:
    """Write the keys down, readable by this user alone, and see them on the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path, start: int, count: int) -> list[UUID]:
    """Read some of the keys. Raises: FileNotFoundError."""
    with path.open("rb") as file:
        file.seek(start * _KEY_BYTES)
        packed = file.read(count * _KEY_BYTES)
    return [UUID(bytes=packed[place : place + _KEY_BYTES]) for place in range(0, len(packed), _KEY_BYTES)]


def append(path: Path, size: int, pieces: Sequence[bytes]) -> int:
    """Write after the first `size` bytes, which are what counts; return how many count now."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(size)
        file.seek(size)
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def discard(brand: BrandRef, job_id: UUID) -> None:
    """Remove all that lies there of an export."""
    for path in (keys_path(brand, job_id), work_path(brand, job_id), file_path(brand, job_id)):
        path.unlink(missing_ok=True)
