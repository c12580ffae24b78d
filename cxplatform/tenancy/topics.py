"""Topics carry their brand; publishing is a wake-up that may be lost."""

import logging
import os
from functools import lru_cache
from uuid import UUID

import redis
from django.conf import settings

from cxplatform.tenancy.brand import schema_name

logger = logging.getLogger(__name__)


def topic(brand_id: UUID, *parts: object) -> str:
    """Name a topic of this brand."""
    return ":".join([schema_name(brand_id), *(str(part) for part in parts)])


def publish(name: str, payload: str = "") -> None:
    """Wake whoever listens; never raises, for listeners look by themselves every few seconds."""
    if not settings.CACHE_URL:
        return
    try:
        _client(os.getpid()).publish(name, payload)
    except (redis.RedisError, OSError) as error:
        logger.warning("topic not published: %s", type(error).__name__)


@lru_cache(maxsize=2)
def _client(process_id: int) -> redis.Redis:
    """Keep one client a process: a connection must not be shared over a fork."""
    return redis.Redis.from_url(settings.CACHE_URL, socket_timeout=1, socket_connect_timeout=1)
