"""Node for the tests that need it: packages installed once a lockfile, and programs whose words a failure shows."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.programs import required

PROJECT = Path(__file__).resolve().parents[1]
_TOOLS = PROJECT / ".tools"
_LONGEST_SECONDS = 240


class Workspace:
    """A copy of a folder with a package.json, its packages installed: what runs in it leaves the source untouched."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        self._node = required("node")
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
        (folder / "node_modules").symlink_to(_packages(source))

    def run(self, *arguments: str, **environment: str) -> str:
        """Run Node with these arguments; what it printed. A failure shows all it said."""
        return run([self._node, *arguments], self.folder, environment)

    def run_bin(self, name: str, *arguments: str, **environment: str) -> str:
        """Run a program that one of the packages brings."""
        return run([str(self.folder / "node_modules/.bin" / name), *arguments], self.folder, environment)


def run(argv: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    """Run a program to its end; what it printed. A failure shows all it said."""
    done = subprocess.run(
        argv,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
    )
    if done.returncode != 0:
        pytest.fail(f"{' '.join(argv)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done.stdout


def _packages(source: Path) -> Path:
    """Return the node_modules of this lockfile; the first who asks installs it, everybody else waits."""
    npm = required("npm")
    lockfile = (source / "package-lock.json").read_bytes()
    folder = _TOOLS / "node" / f"{source.name}-{hashlib.sha256(lockfile).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".installed").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(source / name, folder)
            # Nothing a package brings is run while it is installed. The cache is ours: HOME may be anything.
            run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", f"--cache={_TOOLS / 'npm'}"], folder, {})
            (folder / ".installed").touch()
    return folder / "node_modules"
