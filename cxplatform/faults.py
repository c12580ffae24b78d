"""Named points at which a test lets a process kill itself; inert unless CX_FAULT is set.

`CX_FAULT=chunk-after-copy:2` kills the process, as `kill -9` does, when it reaches that point the second time.
"""

import os
import signal

_point, _, _times = os.environ.get("CX_FAULT", "").partition(":")
_countdown = iter(range(int(_times or 1) - 1, -1, -1))


def reached(point: str) -> None:
    """Die here if asked to."""
    if point == _point and next(_countdown, None) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
