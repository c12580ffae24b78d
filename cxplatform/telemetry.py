"""Prometheus metrics of the process, served on loopback at METRICS_PORT. No brand is a label."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram, start_http_server

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
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


def serve_metrics() -> None:
    """Serve this process's metrics, if METRICS_PORT is set; a port in use is logged and costs nothing else."""
    if not settings.METRICS_PORT:
        return
    try:
        start_http_server(settings.METRICS_PORT, addr="127.0.0.1")
    except OSError as error:
        logger.warning("metrics are not served: port %s: %s", settings.METRICS_PORT, error.strerror)
