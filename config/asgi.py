"""The live process: subscriptions over WebSocket and server-sent events."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# A thread's connection is kept between looks; no socket ever holds one.
django.setup(set_prefix=False)

from cxplatform.graphql.live.answer_headers import WithHeaders  # noqa: E402  # needs the settings
from cxplatform.graphql.live.application import Live  # noqa: E402  # needs the settings

application = WithHeaders(Live())
