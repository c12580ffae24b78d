"""Health: `/healthz` says the process answers, `/readyz` that everything it needs does too."""

from collections.abc import Callable
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from cxplatform.tenancy.doors import shared_tx
from cxplatform.tenancy.models import SchemaState
from cxplatform.tenancy.schemas import brand_head

_TIMEOUT_SECONDS = 2


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer without touching anything."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Look at the database, the broker and the migrations; 503 names what is not ready."""
    checks: dict[str, Callable[[], bool]] = {"database": _database, "broker": _broker, "migrations": _migrations}
    results = {name: _passes(check) for name, check in checks.items()}
    ready = all(results.values())
    return JsonResponse({"status": "ok" if ready else "not ready", "checks": results}, status=200 if ready else 503)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError):
        return False


def _database() -> bool:
    with shared_tx(read_only=True, statement_timeout_ms=_TIMEOUT_SECONDS * 1_000):
        SchemaState.objects.exists()
    return True


def _broker() -> bool:
    if not settings.BROKER_URL.startswith(("redis://", "rediss://", "valkey://")):
        return True
    client = redis.Redis.from_url(
        settings.BROKER_URL, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
    )
    with client:
        return bool(client.ping())


def _migrations() -> bool:
    """Tell whether no brand is at another head than this release's."""
    with shared_tx(read_only=True, statement_timeout_ms=_TIMEOUT_SECONDS * 1_000):
        return not SchemaState.objects.exclude(head=_head(), state=SchemaState.State.AT_HEAD).exists()


@cache
def _head() -> str:
    """Digest this release's migrations once a process; the files do not change under it."""
    return brand_head()
