"""What a server holds once it is loaded, and never lets go of."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Load what a server is made of without the collector, then take it out of its sight.

    The schema and all modules are some 250,000 objects, none of them garbage. While they are made the collector would
    go through them again and again (a tenth of the time it takes); afterwards a look at all of them takes a tenth of
    a second, in the middle of whichever request it falls into, while every other thread of the process waits.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    gc.collect()
    gc.freeze()
