"""What a field costs, declared beside the field; what one that declares nothing costs is `tariff`'s to say.

A point stands for about a tenth of a millisecond of our work. A row costs one; a page, its size times what is below
it; what is computed, what it declares. Leaves cost nothing, for whatever brought the row brought them too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from strawberry.types.field import StrawberryField

# What reading, checking and answering any request costs, whatever it asks for.
ENTRANCE: Final = 10
# What counting all rows of a connection costs.
A_COUNT: Final = 10

_PRICE: Final = "cxplatform.price"

# Arguments as they were sent: literals and variables before any type has judged them, so anything may be in them.
Arguments = Mapping[str, Any]
Amount = float | Callable[[Arguments], float]


@dataclass(frozen=True)
class Price:
    """Points for a field itself (`own`), and for every one of its `times` values those of `each` and of what is below.

    `pages`: it takes paging arguments. `paged`: it has as many values as the page of the field above. `rows`: they are
    rows, and points are given back where fewer were read.
    """

    own: Amount = 0
    each: float = 0
    times: Amount = 1
    pages: bool = False
    paged: bool = False
    rows: bool = False


FREE: Final = Price()
A_QUERY: Final = Price(1)
A_MUTATION: Final = Price(10)
# Paid when it begins; each push after that is free.
A_LIVE_FIELD: Final = Price(10)
# A connection: its statement, and then what is on its page.
A_PAGE: Final = Price(1, pages=True)
EDGES: Final = Price(paged=True, rows=True)
NODES: Final = Price(each=1, paged=True, rows=True)


def priced(price: Price) -> dict[object, object]:
    """Return the metadata that declares a field's price: `strawberry.field(metadata=priced(Price(10)))`."""
    return {_PRICE: price}


def declared_price(field: StrawberryField) -> Price | None:
    """Return the price a field declares, if it does."""
    declared: Mapping[object, object] = field.metadata or {}
    price = declared.get(_PRICE)
    return price if isinstance(price, Price) else None
