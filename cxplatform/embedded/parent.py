"""Ending together with the program that started us."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def stop_with_parent() -> None:
    """Get SIGTERM when our parent ends, even when it was killed; Linux only, elsewhere nothing happens."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended while we asked
        os.kill(os.getpid(), signal.SIGTERM)
