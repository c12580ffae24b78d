"""Secrets from files: `NAME_FILE` names one, and its line end is not part of the secret."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import Environment
from tests.security.test_deployment import COMPLETE, check


def test_every_setting_may_come_from_a_file(tmp_path: Path) -> None:
    named = {}
    for name, value in COMPLETE.items():
        (tmp_path / name).write_text(f"{value}\n")
        named[f"{name}_FILE"] = str(tmp_path / name)

    checked = check(named)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_file_goes_before_the_variable_and_ends_before_its_line_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(" a secret \r\n")
    monkeypatch.setenv("CX_TRIED", "from the variable\n")
    assert Environment().str("CX_TRIED") == "from the variable\n"

    monkeypatch.setenv("CX_TRIED_FILE", str(tmp_path / "secret"))

    assert Environment().str("CX_TRIED") == " a secret "


def test_a_secret_that_is_nowhere_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="CX_NOWHERE"):
        Environment().str("CX_NOWHERE")
