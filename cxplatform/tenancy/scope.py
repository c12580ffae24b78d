"""One brand a unit of work: within one request or one task no second brand can be opened.

A lazy queryset made in one brand's door and evaluated in another's would read the second brand without an error;
this is what makes that impossible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


class SecondBrand(RuntimeError):
    """A unit of work that had opened one brand tried to open another; always a bug."""


@dataclass
class _Unit:
    request_id: str
    brand_id: UUID | None = None


_unit: ContextVar[_Unit | None] = ContextVar("cxplatform_unit_of_work", default=None)


@contextmanager
def unit_of_work(request_id: str = "") -> Iterator[None]:
    """Bind everything inside to at most one brand and to the request it serves; a unit in a unit is the same unit."""
    if _unit.get() is not None:
        yield
        return
    token = _unit.set(_Unit(request_id))
    try:
        yield
    finally:
        _unit.reset(token)


def claim(brand_id: UUID) -> None:
    """Bind the current unit of work, if there is one, to this brand.

    Raises: SecondBrand, when it is bound to another.
    """
    unit = _unit.get()
    if unit is None:
        return
    if unit.brand_id is not None and unit.brand_id != brand_id:
        raise SecondBrand(f"This unit of work belongs to brand {unit.brand_id}, not to {brand_id}.")
    unit.brand_id = brand_id


def bound_brand_id() -> UUID | None:
    """Return the brand the current unit of work is bound to, if any."""
    unit = _unit.get()
    return unit.brand_id if unit is not None else None


def current_request_id() -> str:
    """Return the id of the request this unit of work serves; empty for what no request asked for."""
    unit = _unit.get()
    return unit.request_id if unit is not None else ""
