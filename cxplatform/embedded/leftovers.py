"""What a killed launcher or a crash may have left in a cluster: processes, and a pid file that lies."""

import contextlib
import os
import signal
from pathlib import Path

from cxplatform.embedded.errors import EmbeddedError
from cxplatform.embedded.processes import wait_until_gone


def clear_leftovers(cluster: Path) -> None:
    """End every process still working in the cluster, then drop a pid file that names a stranger.

    Call only while holding the folder's lock: nobody else may be using the cluster.
    """
    if not Path("/proc/self/cwd").exists():
        return  # without /proc PostgreSQL's own check must do; it refuses rather than risks the data
    for number, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        working = _processes_in(cluster)
        for pid in working:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if wait_until_gone(working, seconds):
            break
    if _processes_in(cluster):
        raise EmbeddedError(f"processes of an earlier PostgreSQL in {cluster} cannot be stopped")
    # After a reboot the number in it may be another program's, and PostgreSQL would refuse to start. Its
    # own guard against stray backends is not lost: we have just made sure there are none.
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(cluster: Path) -> list[int]:
    """Find them by their working folder, which is the cluster for every PostgreSQL process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == cluster:
                    found.append(int(entry.name))
    return found
