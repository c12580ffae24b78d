"""Secrets on disk: made once, readable by their owner alone, written whole or not at all."""

import json
import os
import secrets
from pathlib import Path

from cxplatform.embedded.errors import EmbeddedError


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600 so that a crash leaves the old content or the new one."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def passwords(path: Path, *names: str) -> dict[str, str]:
    """Return a password for each name, generating and keeping those not known yet."""
    known: dict[str, str] = {}
    if path.exists():
        try:
            known = json.loads(path.read_text())
        except ValueError as error:
            raise EmbeddedError(f"{path} is not readable JSON; delete the data folder to start over") from error
    missing = {name: secrets.token_hex(24) for name in names if name not in known}
    if missing:
        known |= missing
        write_private(path, json.dumps(known, indent=1) + "\n")
    return {name: known[name] for name in names}
