"""`bin/bootstrap` on machines that are not ready: one line that says what to do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.embedded.conftest import PROJECT, fill

# Nothing listens on port 1: the package index is out of reach at once, without waiting.
NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:1/",
    "PIP_RETRIES": "0",
    "no_proxy": "127.0.0.1",
}
NO_PYTHON = (
    "bootstrap: no Python >= 3.11 that runs and has venv was found in PATH "
    "(on Debian or Ubuntu: apt-get install python3 python3-venv)\n"
)


def project(folder: Path) -> Path:
    """Copy what the script works on."""
    (folder / "bin").mkdir(parents=True)
    for name in ("bin/bootstrap", "pyproject.toml", "uv.lock"):
        shutil.copy(PROJECT / name, folder / name)
    return folder


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Give a PATH folder with the tools of any Unix and no Python."""
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in ("cat", "cksum", "cut", "df", "dirname", "flock", "id", "mkdir", "rm", "sh"):
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return folder


def bootstrap(folder: Path, *path: Path, user: int | None = None) -> tuple[int, str]:
    """Run it with this PATH and no HOME; return its exit code and what it said."""
    env = NO_NETWORK | {"PATH": ":".join(str(entry) for entry in path)}
    argv = [str(folder / "bin/bootstrap")]
    done = subprocess.run(argv, cwd="/", env=env, capture_output=True, text=True, user=user, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_machine_without_python(tmp_path: Path, bare: Path) -> None:
    assert bootstrap(project(tmp_path / "p"), bare) == (1, NO_PYTHON)


@pytest.mark.parametrize(
    "text",
    ["echo 'pyenv: command not found' >&2; exit 127", "exit 1"],
    ids=["a broken shim", "too old or without venv"],
)
def test_a_python_that_does_not_do_is_no_python(tmp_path: Path, bare: Path, text: str) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        program(tmp_path / "shims", name, text)

    assert bootstrap(project(tmp_path / "p"), tmp_path / "shims", bare) == (1, NO_PYTHON)


def test_a_broken_shim_hides_no_working_python_behind_it(tmp_path: Path, bare: Path) -> None:
    program(tmp_path / "shims", "python3", "exit 127")
    program(tmp_path / "real", "python3", f'exec "{Path(sys.executable).resolve()}" "$@"')
    folder = project(tmp_path / "a path with spaces")

    code, said = bootstrap(folder, tmp_path / "shims", tmp_path / "real", bare)

    assert (code, said) == (
        1,
        "bootstrap: no network: could not install uv from the package index "
        "(check the connection or the proxy settings)\n",
    )
    assert (folder / ".tools/uv/bin/python").exists()


def test_a_full_disk(bare: Path, small_disk: Callable[[int], Path]) -> None:
    folder = project(small_disk(2) / "p")
    fill(folder.parent)

    assert bootstrap(folder, bare) == (
        1,
        f"bootstrap: the disk is full: {folder} has 0 MB free and installing needs 350\n",
    )
    assert not (folder / ".tools").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_of_somebody_else(data_dir: Path) -> None:
    folder = project(data_dir / "p")

    code, said = bootstrap(folder, Path("/usr/bin"), Path("/bin"), user=65534)

    assert (code, said) == (
        1,
        f"bootstrap: nobody may not write in {folder}; run this as the owner of the folder\n",
    )
