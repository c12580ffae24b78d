"""What `bin/manage` needs to know of the demo: its settings, in a file for the demo's owner alone."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from cxplatform.embedded.private_files import write_private

_SETTINGS = re.compile(
    r"CX_\w+|DATABASE_URL|DATABASE_OWNER_URL|BROKER_URL|CACHE_URL|SECRET_KEY|DJANGO_SETTINGS_MODULE"
    r"|ALLOWED_HOSTS|PORT|LIVE_PORT|LOG_LEVEL"
)


def write_env_file(path: Path, settings: Mapping[str, str]) -> None:
    """Write the product's settings, and nothing else of the environment, for a shell to read."""
    lines = [
        f"export {name}={shlex.quote(value)}\n" for name, value in sorted(settings.items()) if _SETTINGS.fullmatch(name)
    ]
    write_private(path, "".join(lines))
