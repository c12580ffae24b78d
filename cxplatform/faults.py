"""Named points at which a test lets a process kill or stop itself; inert unless CX_FAULT is set.

`CX_FAULT=chunk-after-copy:2` kills the process, as `kill -9` does, when it reaches that point the second time;
`chunk-after-copy:2:SIGSTOP` sends it that signal instead.
"""

import os
import signal

_point, _times, _signal = [*os.environ.get("CX_FAULT", "").split(":"), "", ""][:3]
_countdown = iter(range(int(_times or 1) - 1, -1, -1))


def reached(point: str) -> None:
    """Die or stop here if asked to."""
    if point == _point and next(_countdown, None) == 0:
        os.kill(os.getpid(), signal.Signals[_signal or "SIGKILL"])
