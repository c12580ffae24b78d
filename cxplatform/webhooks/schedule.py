"""When a delivery is tried again, by the schedule that Standard Webhooks recommends. Pure."""

from datetime import timedelta
from typing import Final

# After the first try, which is made at once.
WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
# Of an endpoint that nothing has arrived at for so long, it is thought that nobody is there.
DISABLED_AFTER: Final = timedelta(days=5)
_JITTER: Final = 0.1


def wait_after(tries: int, chance: float) -> timedelta | None:
    """Say how long to wait after so many tries, up to a tenth longer by chance (0 to 1); None: not again."""
    if tries > len(WAITS):
        return None
    return WAITS[tries - 1] * (1 + _JITTER * chance)
