"""Programs some tests need and a machine may lack: skipped visibly, or a failure where CI promised them."""

import os
import shutil

import pytest


def required(program: str) -> str:
    """Return the program's path, or skip the test; with CX_REQUIRE_ALL=1, fail it."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        message = f"{program} is not installed"
        if os.environ.get("CX_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path
