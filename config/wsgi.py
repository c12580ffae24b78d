"""The web process: GraphQL, imports, health."""

import os

from django.core.wsgi import get_wsgi_application

from cxplatform.settling import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with loading():
    application = get_wsgi_application()

    from cxplatform.graphql.schema import served_schema  # needs Django's settings, which the line above loads
    from cxplatform.telemetry import serve_metrics  # as above
    from cxplatform.tenancy.backend.resting import share  # as above

    # Built now, or the first who asks would wait for it.
    served_schema()

serve_metrics()
share()
