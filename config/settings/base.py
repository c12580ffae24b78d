"""Settings of every environment; what differs comes from environment variables (README lists them)."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import Environment
from config.settings.limits import *  # noqa: F403  # Django settings layer by star import
from config.settings.mail import *  # noqa: F403  # as above
from cxplatform.deployment.origins import exact_origins

env = Environment()
BASE_DIR = Path(__file__).resolve().parents[2]

SECRET_KEY = env.str("SECRET_KEY")
# Mixed into the hash of every API key; kept apart from SECRET_KEY so that either may be changed alone.
CX_KEY_PEPPER = env.str("CX_KEY_PEPPER", default=SECRET_KEY)
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CX_BASE_DOMAIN = env.str("CX_BASE_DOMAIN", default="")
CX_DATA_DIR = Path(env.str("CX_DATA_DIR", default=str(BASE_DIR / ".local")))

# What lies in the shared schema, and what lies in every brand's. Kernel tables lie in both.
SHARED_APPS = [
    "cxplatform.tenancy",
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "cxplatform.jobs",
    "cxplatform.dirty",
    "cxplatform.audit",
    "cxplatform.idempotency",
    "apps.accounts",
]
TENANT_APPS = [
    "cxplatform.jobs",
    "cxplatform.dirty",
    "cxplatform.audit",
    "cxplatform.idempotency",
    "cxplatform.imports",
    "cxplatform.exports",
    "cxplatform.privacy",
    "cxplatform.webhooks",
    "apps.customers",
    "apps.journeys",
    "apps.interactions",
    "apps.surveys",
    "apps.metrics",
    "apps.insights",
]
_WITHOUT_TABLES = ["corsheaders", "cxplatform.deployment", "cxplatform.graphql"]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS] + _WITHOUT_TABLES
if CX_EMAIL_PROVIDER:  # noqa: F405  # from mail
    INSTALLED_APPS.append("anymail")

AUTH_USER_MODEL = "accounts.Member"
TENANT_MODEL = "accounts.Brand"
TENANT_DB_ALIAS = "owner"
PUBLIC_SCHEMA_NAME = "shared"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _database(url_name: str) -> dict[str, Any]:
    """Read a database URL; without one, the alias exists and refuses to connect."""
    if not env.str(url_name, default=""):
        return {"ENGINE": "django.db.backends.dummy"}
    given = env.db_url(url_name)
    return {
        **given,
        "ENGINE": "cxplatform.tenancy.backend",
        "CONN_MAX_AGE": env.int("CX_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 5, **given.get("OPTIONS", {})},
    }


DATABASES = {"default": _database("DATABASE_URL"), "owner": _database("DATABASE_OWNER_URL")}
CX_STATEMENT_TIMEOUT_MS = env.int("CX_STATEMENT_TIMEOUT_MS", default=5_000)
# Where no pooler is between: statements that come often are prepared.
CX_KEEP_STATEMENTS = env.bool("CX_KEEP_STATEMENTS", default=True)
CX_LOCK_TIMEOUT_MS = env.int("CX_LOCK_TIMEOUT_MS", default=5_000)
CX_IDLE_IN_TRANSACTION_TIMEOUT_MS = env.int("CX_IDLE_IN_TRANSACTION_TIMEOUT_MS", default=60_000)

BROKER_URL = env.str("BROKER_URL", default="")
CACHE_URL = env.str("CACHE_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache"
        if CACHE_URL
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": CACHE_URL,
        "KEY_FUNCTION": "cxplatform.tenancy.cache.brand_key",
    }
}


class _NoGeography:
    """Stand for GDAL's path: without one strawberry-django searches the machine for it at every start (0.25 s)."""

    def __bool__(self) -> bool:
        raise ImproperlyConfigured("No geography is used here.")


GDAL_LIBRARY_PATH = _NoGeography()

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# Third-party pages that know nothing of doors run inside the shared one.
CX_SHARED_PATH_PREFIXES: list[str] = []
# What decides on the headers of an answer, in the web process and in the live one.
CX_ANSWER_MIDDLEWARE = [
    "cxplatform.headers.SafeHeaders",
    "cxplatform.hosts.KnownHosts",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
]
MIDDLEWARE = [
    "cxplatform.request_ids.RequestIds",
    "cxplatform.telemetry.Telemetry",
    *CX_ANSWER_MIDDLEWARE,
    "cxplatform.tenancy.middleware.SharedPrefixes",
]
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is among cxplatform.headers.POLICY, on every answer
    "security.W003",  # no cookie is read anywhere: what a forged request would lack is the bearer token
]
SECURE_REFERRER_POLICY = "no-referrer"

# Frontends on other origins, named exactly; none by default. Credentials travel in a header, never in a cookie.
CORS_ALLOWED_ORIGINS = exact_origins(env.list("CX_ALLOWED_ORIGINS", default=[]))
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "POST"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-encoding", "content-type", "idempotency-key", "x-brand"]
CORS_EXPOSE_HEADERS = ["location", "retry-after", "www-authenticate", "x-request-id"]
CORS_PREFLIGHT_MAX_AGE = 3_600
CX_CELERY_APP = "config.celery.app"
CX_GRAPHQL_SCHEMA = "config.schema.schema"
CX_AUTHENTICATOR = "apps.accounts.authentication.authenticate"
CX_AUTHENTICATOR_OF_MANY = "apps.accounts.authentication.authenticate_all"
CX_ACCESS_CHECK = "apps.accounts.access.access_lost"
# What GraphiQL shows first, where there is a GraphiQL; empty: there is none.
CX_GRAPHIQL = ""

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

METRICS_PORT = env.int("METRICS_PORT", default=0)
CX_IMPORT_MAX_BYTES = env.int("CX_IMPORT_MAX_BYTES", default=1024**3)
# In one web process; well below its threads, which an upload holds for as long as it lasts.
CX_IMPORT_UPLOADS_AT_ONCE = env.int("CX_IMPORT_UPLOADS_AT_ONCE", default=3)
CX_IMPORT_STALL_SECONDS = env.int("CX_IMPORT_STALL_SECONDS", default=20)
# Sockets and streams a live process takes: in all, of one brand, of one key, and of an address before they sign in.
CX_LIVE_SOCKETS = env.int("CX_LIVE_SOCKETS", default=1_000)
CX_LIVE_SOCKETS_PER_BRAND = env.int("CX_LIVE_SOCKETS_PER_BRAND", default=300)
CX_LIVE_SOCKETS_PER_KEY = env.int("CX_LIVE_SOCKETS_PER_KEY", default=100)
CX_LIVE_STRANGERS_PER_ADDRESS = env.int("CX_LIVE_STRANGERS_PER_ADDRESS", default=200)
# How long a mutation's answer is kept under its Idempotency-Key, and how large it may be.
CX_IDEMPOTENCY_HOURS = env.int("CX_IDEMPOTENCY_HOURS", default=24)
CX_IDEMPOTENCY_MAX_BYTES = env.int("CX_IDEMPOTENCY_MAX_BYTES", default=256 * 1024)
# Networks that are not public and yet may be sent webhooks, over plain HTTP too: your own senders, and tests.
CX_WEBHOOK_ALLOWED_NETWORKS = env.list("CX_WEBHOOK_ALLOWED_NETWORKS", default=[])
# How long it is kept what became of webhooks.
CX_WEBHOOK_LOG_DAYS = env.int("CX_WEBHOOK_LOG_DAYS", default=30)
CX_ENRICHER = env.str("CX_ENRICHER", default="apps.surveys.enrichment.vader.Vader")
# What `manage.py train_sentiment` made of labelled texts of yours, for the enricher of the extra `nlp`.
CX_SENTIMENT_HEAD = env.str("CX_SENTIMENT_HEAD", default="")
CX_JOB_LEASE_SECONDS = env.int("CX_JOB_LEASE_SECONDS", default=30)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cxplatform.tenancy.logs.line_formatter"}},
    "filters": {"not_told_to_wait": {"()": "cxplatform.throttle.unlogged.NotToldToWait"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["not_told_to_wait"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
}
