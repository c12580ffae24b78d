"""Where a cluster's files live and who runs it. Only root needs more than the data folder itself."""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from cxplatform.embedded.accounts import Account, can_write, candidates, is_root
from cxplatform.embedded.copied_binaries import usable_binaries
from cxplatform.embedded.errors import DiskFullError, EmbeddedError
from cxplatform.embedded.private_files import write_private

# Folders an unprivileged account can reach when the project lies behind a private one (such as /root).
_ELSEWHERE = (Path("/var/tmp"), Path("/var/lib"), Path("/tmp"))  # noqa: S108  # made 0700, and checked
_LEAST_FREE_BYTES = 64 * 2**20
_HOME = "server"  # apart from passwords and logs, which stay with whoever starts the server


@dataclass(frozen=True)
class Place:
    """`home` holds the cluster; `binaries` its programs; `account` runs them (None: ourselves)."""

    home: Path
    binaries: Path
    account: Account | None = None

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"


def find_place(data_dir: Path, binaries: Path) -> Place:
    """Settle where the cluster lives; as root, by trying accounts and folders until one works."""
    if not is_root():
        home = data_dir / _HOME
        home.mkdir(mode=0o700, exist_ok=True)
        return Place(home, binaries)
    for home in _homes(data_dir):
        if shutil.disk_usage(home.parent).free < _LEAST_FREE_BYTES:
            raise DiskFullError(home)
        for account in candidates(_owner_of(home / "cluster")):
            place = _try(data_dir, home, account, binaries)
            if place:
                return place
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and no other account can use {data_dir} or {_ELSEWHERE[0]}: "
        "run this as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL"
    )


def location_file(data_dir: Path) -> Path:
    """Return the file that records a cluster living elsewhere."""
    return data_dir / "location"


def _homes(data_dir: Path) -> list[Path]:
    """Return where a cluster may live, best first; where there is one already, only that."""
    inside = data_dir / _HOME
    # Named after the folder: two checkouts never share a cluster.
    name = "cxplatform-" + hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    elsewhere = [folder / name for folder in _ELSEWHERE if folder.is_dir()]
    if (inside / "cluster").exists():
        return [inside]
    if location_file(data_dir).exists():
        recorded = Path(location_file(data_dir).read_text().strip())
        if recorded in elsewhere and recorded.exists():
            return [recorded]
    return [inside, *elsewhere]


def _owner_of(cluster: Path) -> int | None:
    return cluster.stat().st_uid if cluster.is_dir() else None


def _try(data_dir: Path, home: Path, account: Account, binaries: Path) -> Place | None:
    """Give the account the folder and see whether it can use it; leave no trace when it cannot."""
    is_elsewhere = home.parent != data_dir
    try:
        made = _make_own(home, account, fresh=is_elsewhere and not location_file(data_dir).exists())
    except PermissionError:
        return None
    usable = usable_binaries(home, account, binaries) if can_write(account, home) else None
    if usable is None:
        if made:
            shutil.rmtree(home)
        return None
    if is_elsewhere:
        write_private(location_file(data_dir), f"{home}\n")
    return Place(home, usable, account)


def _make_own(home: Path, account: Account, *, fresh: bool) -> bool:
    """Make the account's folder, in a place where others may write too; tell whether it is new.

    `fresh`: the data folder knows of no cluster (it was deleted), so what is left of one goes.
    """
    if home.is_symlink() or home.exists():
        found = home.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (0, account.uid) or found.st_mode & 0o077:
            raise PermissionError(f"{home} belongs to somebody else")
        if not fresh:
            os.chown(home, account.uid, account.gid)  # still root's, if an earlier start ended here
            return False
        shutil.rmtree(home)
    home.mkdir(mode=0o700)
    os.chown(home, account.uid, account.gid)
    return True
