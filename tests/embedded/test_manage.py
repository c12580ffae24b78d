"""`bin/manage` in an operator's shell, which knows nothing of the demo."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from apps.customers.models import Customer
from config.demo.env_file import write_env_file
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests import cluster
from tests.embedded.conftest import PROJECT

MAPPING = """
kind = "customers"
[columns]
external_id = "id"
"""


def manage(folder: Path, *words: str) -> tuple[int, str]:
    """Run it in a folder that is also the demo's; the exit status and all it said."""
    done = subprocess.run(
        [PROJECT / "bin/manage", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "CX_DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_file_is_imported_with_the_settings_the_demo_left(committed: None, acme: BrandRef, tmp_path: Path) -> None:
    environment = cluster.process_environment()
    write_env_file(tmp_path / "env", environment)
    (tmp_path / "people.csv").write_text("external_id\np1\np2\n")

    status, said = manage(tmp_path, "import_rows", "customers", "people.csv", "--brand", "acme")

    assert (status, said.splitlines()[-1]) == (
        0,
        "DONE: 2 rows = 2 accepted + 0 updated + 0 duplicates + 0 rejected",
    )
    with brand_tx(acme):
        assert Customer.objects.count() == 2
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
        assert (urlsplit(environment[name]).password or "no password") not in said
    assert environment["SECRET_KEY"] not in said


def test_a_demo_that_is_stopped_is_said_in_one_line_without_its_password(tmp_path: Path) -> None:
    url = "postgres://app_login:hush-hush@127.0.0.1:1/cxplatform"
    write_env_file(tmp_path / "env", cluster.process_environment() | {"DATABASE_URL": url})
    (tmp_path / "people.csv").write_text("external_id\np1\n")

    status, said = manage(tmp_path, "import_rows", "customers", "people.csv", "--brand", "acme")

    assert status == 1
    assert said.startswith("CommandError: The database does not answer: ")
    assert len(said.splitlines()) == 1
    assert "hush-hush" not in said


def test_an_export_is_mapped_where_no_demo_ever_ran(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    (tmp_path / "export.csv").write_text("id\np1\n")

    status, said = manage(tmp_path, "map_rows", "mapping.toml", "export.csv", "-o", "out.csv")

    assert (status, said) == (
        0,
        "1 rows written, 0 left out by the mapping's conditions, 0 could not be mapped\n",
    )
    assert (tmp_path / "out.csv").read_text().splitlines() == ["external_id", "p1"]


def test_without_demo_and_settings_it_says_what_to_do(tmp_path: Path) -> None:
    assert manage(tmp_path, "import_rows", "customers", "people.csv", "--brand", "acme") == (
        1,
        f"manage: no demo has run in {tmp_path}, and neither SECRET_KEY nor DATABASE_URL is set: "
        "run make demo, or set them\n",
    )


def test_the_settings_are_for_their_owner_alone_and_survive_a_shell(tmp_path: Path) -> None:
    odd = 'a\'b $HOME `id` "c"\nd'
    write_env_file(tmp_path / "env", {"CX_BASE_DOMAIN": odd, "HOME": "/root", "OTHER_TOKEN": "x"})

    read = subprocess.run(
        ["sh", "-c", '. "$0"; printf %s "$CX_BASE_DOMAIN"', tmp_path / "env"], capture_output=True, text=True
    )

    assert read.stdout == odd
    assert (tmp_path / "env").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "env").read_text().startswith("export CX_BASE_DOMAIN=")
    assert "OTHER_TOKEN" not in (tmp_path / "env").read_text()
