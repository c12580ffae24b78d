"""Who runs which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass

from cxplatform.jobs.lease import Lease

# Do the next step of a job in one door, which must call `lease.hold()`; True means there is more to do.
Step = Callable[[Lease], bool]
# Clean up within the transaction that marks the job FAILED; gets the reason.
OnFailed = Callable[[Lease, str], None]


class GiveUp(Exception):
    """The job cannot succeed, however often it is tried; the message says why."""


@dataclass(frozen=True)
class Handler:
    step: Step
    on_failed: OnFailed | None = None


_handlers: dict[str, Handler] = {}


def register(kind: str, step: Step, *, on_failed: OnFailed | None = None) -> None:
    """Name the handler of a kind of job; apps do so when they are ready."""
    if kind in _handlers:
        raise ValueError(f"The job kind {kind} has a handler already.")
    _handlers[kind] = Handler(step, on_failed)


def handler_of(kind: str) -> Handler:
    """Return the kind's handler.

    Raises: GiveUp, when this version of the program knows none.
    """
    try:
        return _handlers[kind]
    except KeyError:
        raise GiveUp(f"Nothing here runs jobs of kind {kind}.") from None
