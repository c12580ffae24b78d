"""The embedded Valkey: a password, loopback, gone with its launcher."""

from pathlib import Path

import pytest
import redis

from cxplatform.embedded import EmbeddedError, EmbeddedValkey


def test_it_answers_only_those_who_know_the_password(data_dir: Path) -> None:
    with EmbeddedValkey(data_dir) as url:
        port = url.rsplit(":", 1)[1].removesuffix("/0")
        assert redis.Redis.from_url(url).ping()
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=int(port)).ping()


def test_the_password_stays_and_the_contents_do_not(data_dir: Path) -> None:
    with EmbeddedValkey(data_dir) as first:
        redis.Redis.from_url(first).set("key", "value")

    with EmbeddedValkey(data_dir) as second:
        found = redis.Redis.from_url(second).get("key")

    assert found is None
    assert second.split("@")[0] == first.split("@")[0]


def test_the_password_is_in_a_private_file_and_on_no_command_line(data_dir: Path) -> None:
    with EmbeddedValkey(data_dir) as url:
        password = url.split("@")[0].removeprefix("redis://:")
        lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        modes = {path.name: path.stat().st_mode & 0o777 for path in data_dir.iterdir()}

    assert not any(password.encode() in line for line in lines)
    assert set(modes.values()) == {0o600}


def test_a_second_start_on_the_same_folder_is_refused(data_dir: Path) -> None:
    with EmbeddedValkey(data_dir), pytest.raises(EmbeddedError, match=r"^Valkey is already running in "):
        EmbeddedValkey(data_dir).start()


def test_a_folder_with_spaces_works(data_dir: Path) -> None:
    with EmbeddedValkey(data_dir / "a b") as url:
        assert redis.Redis.from_url(url).ping()
