"""The file of rejected lines: NDJSON, each with its line number, its problems and its text."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import orjson

from cxplatform.imports.bodies import import_dir
from cxplatform.imports.problems import Problem
from cxplatform.imports.records import Record
from cxplatform.tenancy.brand import BrandRef

_MOST_TEXT = 10_000
# A hostile file may be rejected line by line, each shorter than its reasons.
MOST_BYTES = 1024**3
_PIECE = 64 * 1024


def rejects_path(brand: BrandRef, job_id: UUID) -> Path:
    return import_dir(brand) / f"{job_id}.rejects.ndjson"


def write_rejects(
    path: Path, position: int, body: BinaryIO, rejected: Sequence[tuple[Record, tuple[Problem, ...]]]
) -> int:
    """Write a chunk's rejected lines at the position and return where they end.

    What lies after the position is an earlier try's, whose transaction did not commit, and is cut off.
    """
    if not rejected or position >= MOST_BYTES:
        return position
    text = b"".join(_entry(body, record, problems) for record, problems in rejected)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.truncate(position)
        file.seek(position)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return position + len(text)


def read_rejects(path: Path, size: int) -> Iterator[bytes]:
    """Yield the committed part of the file."""
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(_PIECE, size))):
            size -= len(piece)
            yield piece


def _entry(body: BinaryIO, record: Record, problems: tuple[Problem, ...]) -> bytes:
    body.seek(record.start)
    raw = body.read(min(record.end - record.start, _MOST_TEXT)).rstrip(b"\r\n")
    entry = {
        "line": record.line,
        "errors": [problem.as_json() for problem in problems],
        "text": raw.decode(errors="replace"),
    }
    return orjson.dumps(entry) + b"\n"
