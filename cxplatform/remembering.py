"""What is worked out of a request's headers and comes again with most of them."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

# A header may have hundreds of kilobytes, and anybody may send as many different ones as are kept.
LONGEST = 200

P = ParamSpec("P")
T = TypeVar("T")


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function found for its last arguments; texts that are longer than any usual header are not kept."""

    def remembering(find: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(find)

        @wraps(find)
        def found(*args: P.args, **named: P.kwargs) -> T:
            if any(isinstance(each, str) and len(each) > LONGEST for each in (*args, *named.values())):
                return find(*args, **named)
            return kept(*args, **named)  # type: ignore[arg-type]  # texts have a hash

        return found

    return remembering
