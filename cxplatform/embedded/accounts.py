"""PostgreSQL refuses to run as root: find an unprivileged account that exists already, by trying."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FAVOURITES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def candidates(owner: int | None) -> Iterator[Account]:
    """Yield whom root may run PostgreSQL as: the owner of existing data alone, or else the usual ones."""
    if owner is not None:
        yield _account(pwd.getpwuid(owner))
        return
    for name in _FAVOURITES:
        try:
            yield _account(pwd.getpwnam(name))
        except KeyError:
            continue


def can(account: Account, argv: list[str]) -> bool:
    """Run a command as the account from the root folder; tell whether it succeeded."""
    try:
        done = subprocess.run(  # noqa: S603  # our own fixed commands
            argv,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def can_write(account: Account, folder: Path) -> bool:
    """Tell whether the account gets into the folder through every parent and may make files there."""
    script = 'cd "$1" && : > .probe && rm .probe'
    return can(account, ["/bin/sh", "-c", script, "sh", str(folder)])


def is_root() -> bool:
    return os.geteuid() == 0


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
