"""Prometheus metrics of the process, served on loopback at METRICS_PORT. No brand is a label."""

import logging
import os
import time
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

logger = logging.getLogger(__name__)

REQUESTS = Counter("cxplatform_http_requests_total", "HTTP requests answered.", ["route", "method", "status"])
SECONDS = Histogram("cxplatform_http_request_seconds", "Time from request to answer.", ["route"])
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Telemetry:
    """Count and time every request by its route's name, never by its path: paths hold ids."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name if match else None) or "unknown"
        method = request.method if request.method in _METHODS else "other"
        _counter(route, method, response.status_code).inc()
        _histogram(route).observe(time.perf_counter() - started)
        return response


# What has labels is looked up under a lock, by texts made of them.
@lru_cache(maxsize=1_024)
def _counter(route: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(route, method, str(status))


@lru_cache(maxsize=1_024)
def _histogram(route: str) -> Histogram:
    return SECONDS.labels(route)


def serve_metrics() -> None:
    """Serve the metrics of all web workers, if METRICS_PORT is set.

    The workers write into one folder (PROMETHEUS_MULTIPROC_DIR) and whichever binds the port first serves the sum of
    them. Without the folder a worker knows its own requests alone. A port in use costs nothing else.
    """
    if not settings.METRICS_PORT:
        return
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package types its core alone
    try:
        start_http_server(settings.METRICS_PORT, addr="127.0.0.1", registry=registry)
    except OSError as error:
        logger.info("metrics are not served by this process: port %s: %s", settings.METRICS_PORT, error.strerror)
