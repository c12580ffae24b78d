"""The web process: GraphQL, imports, health."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from cxplatform.telemetry import serve_metrics  # noqa: E402  # needs Django's settings, which the line above loads

serve_metrics()
