"""Production: the base settings and the headers of a service that speaks TLS alone."""

from config.settings.base import *  # noqa: F403  # Django settings layer by star import

SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = True
# Whoever watches over the process asks it directly, without TLS and by its address.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
