"""What a server holds once it is loaded, and never lets go of."""

import gc


def settle() -> None:
    """Take what is loaded by now out of the collector's sight.

    The schema and all modules are some 160,000 objects. To go through them takes a tenth of a second, in the middle
    of whichever request it falls into, while every other thread of the process waits.
    """
    gc.collect()
    gc.freeze()
