"""The web process: GraphQL, imports, health."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from cxplatform.graphql.schema import served_schema  # noqa: E402  # needs Django's settings, which the line above loads
from cxplatform.settling import settle  # noqa: E402
from cxplatform.telemetry import serve_metrics  # noqa: E402

# Built now, or the first who asks would wait for it.
served_schema()
settle()
serve_metrics()
