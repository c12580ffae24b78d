"""Run servers and programs as one thing: all up, or all down, in order."""

import contextlib
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Protocol, Self

from cxplatform.embedded.errors import EmbeddedError, from_output
from cxplatform.embedded.processes import GUARDED, Child, spawn

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TICK_SECONDS = 0.05


class StopRequestedError(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or sent SIGTERM."""


class Service(Protocol):
    """What runs until it is stopped."""

    def alive(self) -> bool: ...
    def ending(self) -> str: ...
    def output(self) -> str: ...
    def stop(self, *, hurry: Callable[[], bool]) -> None: ...


@dataclass(frozen=True)
class Program:
    """How to start a program and how to tell that it is ready."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    is_ready: Callable[[], bool] = field(default=lambda: True)
    ready_within_seconds: float = 60.0
    grace_seconds: float = 10.0


class Supervisor:
    """Own every service from start to end; use as a context manager, in the main thread.

    Signals only raise a flag: a start is never interrupted between making a process and owning it.
    """

    def __init__(self, log_dir: Path, cwd: Path) -> None:
        self._log_dir = log_dir
        self._cwd = cwd
        self._services: list[tuple[str, Service]] = []
        self._unready: list[tuple[Program, float]] = []
        self._handlers: dict[signal.Signals, Any] = {}
        self._signals = 0

    def __enter__(self) -> Self:
        self._handlers = {number: signal.signal(number, self._on_signal) for number in _STOP_SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def adopt(self, name: str, service: Service) -> None:
        """Answer for a service that somebody else started."""
        self._services.append((name, service))

    def start(self, program: Program) -> None:
        """Start a program without waiting for it."""
        self.adopt(program.name, self._spawn(program))
        self._unready.append((program, time.monotonic() + program.ready_within_seconds))

    def run(self, program: Program, *, on_line: Callable[[str], None] = lambda line: None) -> None:
        """Run a program to its end, handing over each line it writes; raise when it fails."""
        child = self._spawn(program)
        try:
            while child.alive():
                self.check()
                for line in child.new_lines():
                    on_line(line)
            if child.process.returncode:
                raise self._failure(program.name, child)
        finally:
            child.stop()

    def wait_until_ready(self) -> None:
        """Wait for every started program, all at once."""
        while self._unready:
            self.check()
            self._unready = [(program, due) for program, due in self._unready if not program.is_ready()]
            for program, due in self._unready:
                if time.monotonic() > due:
                    raise EmbeddedError(
                        f"{program.name} was not ready after {program.ready_within_seconds:.0f} s "
                        f"(see {self._log(program.name)})"
                    )

    def serve(self) -> None:
        """Watch until asked to stop (returns) or until a service ends (raises)."""
        with contextlib.suppress(StopRequestedError):
            while True:
                self.check()

    def check(self) -> None:
        """Raise when asked to stop or when a service has ended; takes a moment, so loop on it freely."""
        time.sleep(_TICK_SECONDS)
        if self._signals:
            raise StopRequestedError
        GUARDED.keep()
        for name, service in self._services:
            if not service.alive():
                raise self._failure(name, service)

    def stop(self) -> None:
        """Stop everything, last started first; a second signal makes it quick."""
        self._unready = []
        while self._services:
            _, service = self._services.pop()
            service.stop(hurry=lambda: self._signals > 1)

    def _spawn(self, program: Program) -> Child:
        return spawn(
            program.name,
            program.argv,
            log_file=self._log(program.name),
            env=program.env,
            cwd=self._cwd,
            grace_seconds=program.grace_seconds,
        )

    def _log(self, name: str) -> Path:
        return self._log_dir / f"{name}.log"

    def _failure(self, name: str, service: Service) -> EmbeddedError:
        what = f"{name} {service.ending()} (see {self._log(name)})"
        return from_output(service.output(), self._log_dir, what)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1
