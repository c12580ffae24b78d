"""Making a cluster: whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

from cxplatform.embedded.binaries import version_of
from cxplatform.embedded.errors import EmbeddedError, from_os_error, from_output
from cxplatform.embedded.places import Place

PLAIN_ENV = {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}
_BUILTIN_LOCALE_SINCE = 17


def ensure_cluster(place: Place, superuser_password: str, *, durable: bool) -> None:
    """Make the cluster unless there is one; a crash halfway leaves a draft that the next start drops."""
    version = version_of(place.binaries / "postgres") or 0
    if place.cluster.exists():
        _check_version(place.cluster, version)
        return
    draft, password_file = place.home / "cluster.new", place.home / "password.new"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        _hand_over(password_file, superuser_password, place)
        _initdb(place, draft, password_file, version, durable=durable)
        draft.rename(place.cluster)
    except OSError as error:
        raise from_os_error(error, place.home) from error
    finally:
        password_file.unlink(missing_ok=True)


def _initdb(place: Place, draft: Path, password_file: Path, version: int, *, durable: bool) -> None:
    # Sorting by code point and Unicode's own letter cases, the same on every machine.
    builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = builtin if version >= _BUILTIN_LOCALE_SINCE else ["--locale=C.UTF-8", "--lc-messages=C"]
    done = subprocess.run(  # noqa: S603  # the initdb we found
        [
            str(place.binaries / "initdb"),
            f"--pgdata={draft}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *locale,
            *([] if durable else ["--no-sync"]),
        ],
        cwd=place.home if place.account is None else "/",
        env=PLAIN_ENV,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=place.account.uid if place.account else None,
        group=place.account.gid if place.account else None,
        extra_groups=[] if place.account else None,
    )
    if done.returncode:
        raise from_output(done.stdout, place.home, "PostgreSQL could not make its data folder")


def _hand_over(password_file: Path, password: str, place: Place) -> None:
    """Write the password where only the account that runs initdb can read it."""
    password_file.unlink(missing_ok=True)
    handle = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(password + "\n")
    if place.account:
        os.chown(password_file, place.account.uid, place.account.gid)


def _check_version(cluster: Path, version: int) -> None:
    made_by = (cluster / "PG_VERSION").read_text().strip()
    if made_by != str(version):
        raise EmbeddedError(
            f"the data in {cluster} is PostgreSQL {made_by}'s but the programs are {version}'s: "
            "run `make clean` to start over, or set DATABASE_URL"
        )
