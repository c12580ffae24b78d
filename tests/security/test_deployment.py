"""`manage.py check --deploy` under the production settings: nothing to say when all is set, and clear when not."""

import os
import subprocess
import sys

import pytest

from tests.flows.programs import PROJECT

COMPLETE = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ",
    "CX_KEY_PEPPER": "another-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "DATABASE_URL": "postgres://app_login:x@database.example:5432/cxplatform",
    "BROKER_URL": "redis://:x@valkey.example:6379/0",
    "CACHE_URL": "redis://:x@valkey.example:6379/1",
    "ALLOWED_HOSTS": "cx.example",
}


def test_the_check_is_clean_when_everything_is_set() -> None:
    checked = check(COMPLETE)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (2 silenced).\n"


@pytest.mark.parametrize("missing", COMPLETE)
def test_a_missing_setting_is_named(missing: str) -> None:
    checked = check({name: value for name, value in COMPLETE.items() if name != missing})

    assert checked.returncode != 0
    assert missing in checked.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS takes any host"),
        ("SECRET_KEY", "short", "security.W009"),
        ("CX_ALLOWED_ORIGINS", "*", "'*' is no exact origin"),
        ("DATABASE_URL", "database.example", "DATABASE_URL"),
    ],
)
def test_a_setting_that_will_not_do_is_named(name: str, value: str, said: str) -> None:
    checked = check(COMPLETE | {name: value})

    assert checked.returncode != 0
    assert said in checked.stderr


def test_production_speaks_tls_alone_and_for_a_year() -> None:
    said = run(
        COMPLETE,
        "-c",
        "import django; django.setup(); from django.test import Client; "
        "plain = Client().get('/graphql', headers={'host': 'cx.example'}); "
        "tls = Client().get('/graphql', secure=True, headers={'host': 'cx.example', 'x-forwarded-proto': 'https'}); "
        "print(plain.status_code, plain['Location'], tls.status_code, tls['Strict-Transport-Security'], sep='\\n')",
    )

    assert said.stdout.splitlines() == [
        "301",
        "https://cx.example/graphql",
        "405",
        "max-age=31536000; includeSubDomains; preload",
    ]


def check(settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return run(settings, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def run(settings: dict[str, str], *argv: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production", **settings}
    return subprocess.run(
        [sys.executable, *argv], env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=120
    )
