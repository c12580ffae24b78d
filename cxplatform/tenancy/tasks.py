"""Celery base classes: a task carries its brand in a header and is rejected without one."""

import logging
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import redis
from celery import Task
from celery.exceptions import Ignore
from django.db import close_old_connections
from kombu.exceptions import KombuError

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_id
from cxplatform.tenancy.doors import brand_tx, shared_tx
from cxplatform.tenancy.scope import unit_of_work

logger = logging.getLogger(__name__)
HEADER = "cx_brand"
_brand: ContextVar[BrandRef] = ContextVar("cxplatform_task_brand")


class BrandMissing(RuntimeError):
    """A task was sent or received without its brand; it never runs at the shared schema instead."""


class _WakingTask(Task):  # type: ignore[misc]  # celery ships no types
    abstract = True

    def _send(self, args: tuple[Any, ...], headers: dict[str, str], *, after_seconds: float = 0) -> None:
        """Send the wake-up; losing it is no loss, for the sweep finds what it would have started."""
        try:
            self.apply_async(args=args, headers=headers, retry=False, countdown=after_seconds or None)
        except (OSError, KombuError, redis.RedisError) as error:
            logger.warning("wake-up of %s not sent: %s", self.name, type(error).__name__)


class BrandTask(_WakingTask):
    """A task of one brand: its body runs inside the brand's door.

    With `own_doors=True` the body opens its doors itself, through `self.brand`.
    """

    abstract = True
    own_doors = False

    @property
    def brand(self) -> BrandRef:
        return _brand.get()

    def wake(self, brand_id: UUID, *args: Any) -> None:
        """Send the task for this brand; never raises when the broker is away."""
        self._send(args, {HEADER: str(brand_id)})

    def wake_later(self, brand_id: UUID, after_seconds: float) -> None:
        """Send the task for this brand, to be run in a while; never raises when the broker is away."""
        self._send((), {HEADER: str(brand_id)}, after_seconds=after_seconds)

    def apply_async(self, *args: Any, **options: Any) -> Any:
        if not (options.get("headers") or {}).get(HEADER):
            raise BrandMissing(f"{self.name} was sent without its brand; use wake(brand_id, …).")
        return super().apply_async(*args, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        with unit_of_work():
            token = _brand.set(self._brand_of_request())
            try:
                if self.own_doors:
                    return self.run(*args, **kwargs)
                with brand_tx(self.brand):
                    return self.run(*args, **kwargs)
            finally:
                _brand.reset(token)

    def _brand_of_request(self) -> BrandRef:
        text = _header(self.request)
        if text is None:
            raise BrandMissing(f"{self.name} came without its brand.")
        brand = brand_by_id(UUID(text))
        if brand is None or brand.status != ACTIVE:
            logger.info("task %s ignored: brand %s is not active", self.name, text)
            raise Ignore
        return brand


class SharedTask(_WakingTask):
    """A task of the provider's plane. Its body opens the doors it needs."""

    abstract = True
    own_doors = True

    def wake(self, *args: Any) -> None:
        """Send the task; never raises when the broker is away."""
        self._send(args, {})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        if self.own_doors:
            return self.run(*args, **kwargs)
        with shared_tx():
            return self.run(*args, **kwargs)


def _header(request: Any) -> str | None:
    """Find the header both in a message from the broker and in an eager call."""
    value = getattr(request, HEADER, None) or (getattr(request, "headers", None) or {}).get(HEADER)
    return str(value) if value else None
