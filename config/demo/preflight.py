"""What would fail later and less clearly, checked first."""

import os
import shutil

from config.demo.choices import Choices
from cxplatform.embedded import DiskFullError, EmbeddedError
from cxplatform.embedded.ports import is_free

_LEAST_FREE_BYTES = 300 * 2**20


def check_machine(choices: Choices) -> None:
    """Raise one line about a busy port, a folder we may not write in, or a disk too full to begin."""
    for name, port in (("PORT", choices.port), ("LIVE_PORT", choices.live_port)):
        if not is_free(port):
            raise EmbeddedError(f"port {port} is in use; free it or choose another with {name}=<port>")
    if not os.access(choices.data_dir, os.W_OK | os.X_OK):
        raise EmbeddedError(f"may not write in {choices.data_dir}; run this as its owner or set CX_DATA_DIR")
    if shutil.disk_usage(choices.data_dir).free < _LEAST_FREE_BYTES:
        raise DiskFullError(choices.data_dir)
