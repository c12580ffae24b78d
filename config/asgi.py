"""The live process: subscriptions over WebSocket and server-sent events."""

import os

import django

from cxplatform.settling import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with loading():
    # A thread's connection is kept between looks; no socket ever holds one.
    django.setup(set_prefix=False)

    from cxplatform.graphql.live.answer_headers import WithHeaders  # needs the settings
    from cxplatform.graphql.live.application import Live  # needs the settings
    from cxplatform.graphql.schema import served_schema  # needs the settings

    application = WithHeaders(Live())
    # Built now, or the first who comes would wait for it.
    served_schema()
