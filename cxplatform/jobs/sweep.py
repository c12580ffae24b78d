"""Find work that no message spoke of: walk all brands once and wake those that have some."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import Error
from django.utils import timezone

from cxplatform.dirty.marks import Wake, wakes_for_pending
from cxplatform.jobs.claims import due_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import active_brands  # noqa: TID251  # the sweep is a tool of the fleet
from cxplatform.tenancy.doors import brand_tx, shared_tx

logger = logging.getLogger(__name__)

_chores: list[Callable[[BrandRef], None]] = []
_shared_chores: list[Callable[[], None]] = []


def register_chore(chore: Callable[[BrandRef], None]) -> None:
    """Have something tidied up for each brand at every sweep; it opens doors itself if it needs any."""
    _chores.append(chore)


def register_shared_chore(chore: Callable[[], None]) -> None:
    """Have something tidied up in the shared plane at every sweep; it opens doors itself if it needs any."""
    _shared_chores.append(chore)


def sweep_fleet(*, wake_brand: Callable[[UUID], None], wake_shared: Callable[[], None]) -> None:
    """Wake the shared plane and every active brand that has due jobs or pending marks; two queries a brand."""
    with shared_tx(read_only=True):
        if due_jobs(timezone.now()).exists():
            wake_shared()
    for chore in _shared_chores:
        chore()
    for brand in active_brands():
        try:
            _sweep(brand, wake_brand)
        except (Error, OSError):
            logger.exception("sweep of brand %s failed", brand.slug)


def _sweep(brand: BrandRef, wake_brand: Callable[[UUID], None]) -> None:
    with brand_tx(brand, read_only=True):
        has_jobs = due_jobs(timezone.now()).exists()
        wakes: set[Wake] = wakes_for_pending()
    if has_jobs:
        wake_brand(brand.id)
    for wake in wakes:
        wake(brand.id)
    for chore in _chores:
        chore(brand)
