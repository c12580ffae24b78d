"""How large what the image installs is, by package: `python -m tests.docker.sizes`."""

import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution

from tests.node import PROJECT


def installed_megabytes() -> dict[str, float]:
    """Return the size of each package of a server, largest first; bytecode, which any Python makes anew, apart."""
    command = [
        PROJECT / ".tools/uv/bin/uv",
        "export",
        "--frozen",
        "--no-default-groups",
        "--no-hashes",
        "--no-annotate",
    ]
    told = subprocess.run([*command, "--no-header"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    names = {re.split(r"[=; ]", line)[0] for line in told.splitlines()}
    sizes = {name: _bytes_of(name) / 1e6 for name in names}
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))


def _bytes_of(name: str) -> int:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return 0  # another Python's or another system's
    paths = [file.locate() for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in map(PROJECT.joinpath, map(str, paths)) if path.is_file())


if __name__ == "__main__":
    megabytes = installed_megabytes()
    for package, size in [*list(megabytes.items())[:8], ("all", sum(megabytes.values()))]:
        print(f"{size:7.1f} MB  {package}")
