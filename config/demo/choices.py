"""What the environment asks of the demo, checked before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cxplatform.embedded import EmbeddedError

_LAST_PORT = 65_535
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Choices:
    """Ports, the data folder, how much data, and the servers to use instead of our own (empty: embedded)."""

    port: int
    live_port: int
    data_dir: Path
    small: bool
    database_url: str
    database_owner_url: str
    broker_url: str
    cache_url: str

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"

    @property
    def servers_to_start(self) -> list[str]:
        """Name the embedded servers that nothing given replaces."""
        wanted = {"PostgreSQL": not self.database_url, "Valkey": not (self.broker_url and self.cache_url)}
        return [name for name, is_wanted in wanted.items() if is_wanted]


def read_choices(environ: Mapping[str, str]) -> Choices:
    """Read the settings; raise one line about the first that makes no sense."""
    choices = Choices(
        port=_port(environ, "PORT", 8000),
        live_port=_port(environ, "LIVE_PORT", 8001),
        data_dir=(PROJECT / (environ.get("CX_DATA_DIR") or ".local")).resolve(),
        small=_size(environ) == "small",
        database_url=environ.get("DATABASE_URL", ""),
        database_owner_url=environ.get("DATABASE_OWNER_URL", ""),
        broker_url=environ.get("BROKER_URL", ""),
        cache_url=environ.get("CACHE_URL", ""),
    )
    if choices.port == choices.live_port:
        raise EmbeddedError(f"PORT and LIVE_PORT are both {choices.port}; set one of them to another port")
    if bool(choices.database_url) != bool(choices.database_owner_url):
        here, missing = ("DATABASE_URL", "DATABASE_OWNER_URL")
        if choices.database_owner_url:
            here, missing = missing, here
        raise EmbeddedError(f"{here} is set but {missing} is not; set both, or neither for the embedded PostgreSQL")
    return choices


def _size(environ: Mapping[str, str]) -> str:
    size = environ.get("CX_DEMO_SIZE") or "whole"
    if size not in ("whole", "small"):
        raise EmbeddedError(f"CX_DEMO_SIZE is {size!r}; it may be whole or small")
    return size


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LAST_PORT):
        raise EmbeddedError(f"{name} is {text!r}, which is no port (1 to {_LAST_PORT})")
    return int(text)
