"""Customers that an export knows by no more than a number or an address."""

import hashlib
from collections.abc import Iterator
from typing import Final

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.export import Export

# Who is not to see personal data sees keys: a number is not to be read off one.
_PREFIX: Final = "addr-"


def customer_key(address: str) -> str:
    """Return the key of the customer with this number or address, the same however it is written.

    It is a digest: it keeps numbers out of lists and logs, not from somebody who tries all numbers.
    """
    plain = address.strip().lower()
    if "@" not in plain:
        plain = "".join(filter(str.isalnum, plain.removeprefix("tel:"))) or plain
    return _PREFIX + hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:32]


def made_caller(export: Export, address: str, place: str) -> Iterator[Made]:
    """Make the customer once, with the number or address where personal data belongs."""
    key = customer_key(address)
    if export.shelf.put_once("customer", key):
        column = "email" if "@" in address else "phone"
        yield Made("customers", {"external_id": key, column: address.strip().removeprefix("tel:")}, place)
