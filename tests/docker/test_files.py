"""The container files, read as their engines would: by linters, and against what the code really reads."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.flows.programs import PROJECT

DOCKER = PROJECT / "docker"
SERVICES: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
OURS = ["migrate", "web", "live", "worker", "importer", "beat"]
NEAR = Path(sys.executable).parent


@pytest.mark.parametrize("name", ["Dockerfile", "pgbouncer.Dockerfile"])
def test_the_linter_has_nothing_to_say_of_a_dockerfile(name: str) -> None:
    linted = run(str(NEAR / "hadolint"), name)

    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_compose_file_is_one_by_the_specification() -> None:
    checked = run(str(NEAR / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml")

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("script", ["make-secrets", "postgres-init", "pgbouncer-start", "valkey-start"])
def test_a_script_is_one(script: str) -> None:
    assert run("sh", "-n", script).returncode == 0
    assert (DOCKER / script).stat().st_mode & 0o111


def test_every_script_is_linted_by_make_check() -> None:
    starts = {
        path: path.read_bytes()[:10]
        for folder in ("bin", "docker")
        for path in (PROJECT / folder).iterdir()
        if path.is_file()
    }
    scripts = {str(path.relative_to(PROJECT)) for path, start in starts.items() if start == b"#!/bin/sh\n"}
    (linted,) = re.findall(
        r"^ +check shell \S+ (.+?)(?<!\\)$", (PROJECT / "bin/check").read_text(), re.MULTILINE | re.DOTALL
    )

    assert set(linted.replace("\\", "").split()) == scripts


@pytest.mark.parametrize("service", OURS)
def test_a_container_is_given_only_settings_the_code_reads(service: str) -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"|_database\("(\w+)"', settings_text()))
    known = {name for pair in read for name in pair if name}

    given = {name.removesuffix("_FILE") for name in SERVICES[service]["environment"]}

    assert given <= known
    assert {"SECRET_KEY", "BROKER_URL"} <= given


def test_the_owner_is_known_to_the_worker_and_the_migrations_alone() -> None:
    knowing = {name for name in OURS if "DATABASE_OWNER_URL_FILE" in SERVICES[name]["environment"]}

    assert knowing == {"worker", "migrate"}


@pytest.mark.parametrize("service", ["web", "live"])
def test_the_proxys_network_is_believed_about_addresses(service: str) -> None:
    """Else all strangers together have the allowance of one."""
    (network,) = COMPOSE["networks"]["inside"]["ipam"]["config"]

    assert SERVICES[service]["environment"]["CX_TRUSTED_PROXIES"] == network["subnet"]
    assert "X-Forwarded-For $remote_addr" in (DOCKER / "nginx.conf").read_text()


def test_every_secret_is_somebodys_and_no_container_wants_another() -> None:
    wanted = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}

    assert wanted == set(COMPOSE["secrets"])


def test_nobody_is_root() -> None:
    """Images of others: nginx-unprivileged is user 101; PostgreSQL's becomes postgres by itself."""
    for name in ("Dockerfile", "pgbouncer.Dockerfile"):
        (user,) = re.findall(r"^USER (\d+):", (DOCKER / name).read_text(), re.MULTILINE)
        assert int(user) > 0
    assert SERVICES["valkey"]["user"] == "999:1000"
    assert "unprivileged" in SERVICES["proxy"]["image"]


def test_the_image_is_installed_by_the_uv_of_the_bootstrap() -> None:
    (version,) = re.findall(r"^uv_version=(\S+)", (PROJECT / "bin/bootstrap").read_text(), re.MULTILINE)

    assert f"uv=={version}\n" in (DOCKER / "Dockerfile").read_text()


def test_the_commands_are_those_of_the_handbook() -> None:
    """But for the address to listen on, and what a container has of its own."""
    handbook = (PROJECT / "docs/operations.md").read_text()
    own = {"--host=0.0.0.0", "--schedule=/tmp/beat", "--without-gossip"}
    for name in ("web", "live", "worker", "importer", "beat"):
        (told,) = re.findall(rf"^\| {name} \| `([^`]+)`", handbook, re.MULTILINE)
        assert set(command_of(name)) - own == set(told.split()) - {"--schedule=/var/lib/cxplatform/beat"}


def test_no_secret_is_a_value_in_the_file() -> None:
    for name in OURS:
        for setting, value in SERVICES[name]["environment"].items():
            if re.search(r"KEY|PEPPER|URL|PASSWORD", setting):
                assert setting.endswith("_FILE"), (name, setting)
                assert value.startswith("/run/secrets/"), (name, setting)
                assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"], (name, setting)


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_bounded_and_can_gain_nothing(name: str) -> None:
    service = SERVICES[name]

    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    # PostgreSQL alone writes where it lives.
    assert service.get("read_only", False) is (name != "postgres")


def test_every_container_is_looked_after_but_the_one_that_ends() -> None:
    """One that says nothing has the image's own check, which asks the web server."""
    silent = {name for name, service in SERVICES.items() if "test" not in service.get("healthcheck", {})}

    assert silent == {"web", "migrate"}
    assert [name for name, service in SERVICES.items() if "disable" in service.get("healthcheck", {})] == ["migrate"]
    assert "\nHEALTHCHECK " in (DOCKER / "Dockerfile").read_text()


def test_images_are_pinned_by_a_version() -> None:
    froms = re.findall(r"^FROM (\S+)", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)
    for image in [*froms, *(service["image"] for service in SERVICES.values() if "image" in service)]:
        assert image == "cxplatform" or re.search(r":\d", image), image


def test_made_secrets_are_for_their_owner_and_kept(tmp_path: Path) -> None:
    script = tmp_path / "make-secrets"
    script.write_bytes((DOCKER / "make-secrets").read_bytes())
    needed = {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}

    for _ in range(2):
        assert subprocess.run(["sh", script], capture_output=True).returncode == 0
        made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

        assert set(made) == needed - {"tls_certificate", "tls_key"}
        assert made["app_password"] in made["database_url"]
        assert len(made["secret_key"]) == 64
        assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    first = made
    subprocess.run(["sh", script], capture_output=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == first


def command_of(service: str) -> list[str]:
    """What the container runs: its own command, or the image's."""
    image = re.findall(r"^CMD (\[.+\])$", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)
    command: list[str] = SERVICES[service].get("command") or json.loads(image[0])
    return command


def settings_text() -> str:
    return "".join(path.read_text() for path in (PROJECT / "config/settings").glob("*.py"))


def run(*argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(argv, cwd=DOCKER, capture_output=True, text=True, timeout=60)
