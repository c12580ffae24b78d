"""Child processes that never outlive their starter."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxplatform.embedded import guard
from cxplatform.embedded.accounts import Account
from cxplatform.embedded.written import Written

_GUARD_GRACE_SECONDS = 5.0
_LOG_LIMIT_BYTES = 10 * 1024 * 1024
POLL_SECONDS = 0.02


class _Guarded:
    """The groups this process answers for, and the guard that stops them should it vanish."""

    def __init__(self) -> None:
        self._groups: dict[int, int] = {}
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0

    def add(self, group: int, stop_signal: signal.Signals) -> None:
        self.keep()
        self._groups[group] = stop_signal
        self._tell(f"+ {group} {int(stop_signal)}\n")

    def remove(self, group: int) -> None:
        if self._groups.pop(group, None) is not None:
            self._tell(f"- {group}\n")

    def keep(self) -> None:
        """Start the guard, or another one when somebody ended it; a forked copy of us needs its own."""
        if self._owner != os.getpid():
            self._groups, self._process, self._owner = {}, None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return
        self._process = subprocess.Popen(  # noqa: S603  # our own guard
            [sys.executable, "-I", "-S", guard.__file__, str(_GUARD_GRACE_SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            text=True,
            start_new_session=True,
        )
        for group, number in self._groups.items():
            self._tell(f"+ {group} {int(number)}\n")

    def _tell(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(line)
            self._process.stdin.flush()


GUARDED = _Guarded()


@dataclass
class Child:
    """A running program: the leader of a process group of its own, so that Ctrl-C reaches only us."""

    name: str
    process: subprocess.Popen[bytes]
    written: Written
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 10.0

    def alive(self) -> bool:
        return self.process.poll() is None

    def ending(self) -> str:
        """Say how it ended."""
        code = self.process.returncode
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def output(self, limit: int = 4_096) -> str:
        """Return the end of what it has written since its start."""
        return self.written.end(limit)

    def new_lines(self) -> list[str]:
        """Return the whole lines it has written since they were last asked for."""
        return self.written.new_lines()

    def stop(self, *, hurry: Callable[[], bool] = lambda: False) -> None:
        """Ask it to stop, wait its grace unless in a `hurry`, then kill all that is left of its group."""
        if self.alive():
            self.process.send_signal(self.stop_signal)
            deadline = time.monotonic() + self.grace_seconds
            while self.alive() and time.monotonic() < deadline and not hurry():
                time.sleep(POLL_SECONDS)
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        GUARDED.remove(self.process.pid)


def spawn(
    name: str,
    argv: Sequence[str | Path],
    *,
    log_file: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: Account | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    grace_seconds: float = 10.0,
) -> Child:
    """Start a program in a group of its own, its output appended to `log_file`."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    if log_file.exists() and log_file.stat().st_size > _LOG_LIMIT_BYTES:
        log_file.replace(log_file.with_suffix(".log.1"))
    GUARDED.keep()
    with os.fdopen(os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
        start = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(  # noqa: S603  # the caller's own program
            [str(word) for word in argv],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    GUARDED.add(process.pid, stop_signal)
    return Child(name, process, Written(log_file, start, start), stop_signal, grace_seconds)


def wait_until_gone(pids: Sequence[int], seconds: float) -> bool:
    """Wait for processes that are not our children."""
    deadline = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True
