"""The live process: subscriptions over WebSocket and server-sent events."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# A thread's connection is kept between looks; no socket ever holds one.
django.setup(set_prefix=False)

from cxplatform.graphql.live.answer_headers import WithHeaders  # noqa: E402  # needs the settings
from cxplatform.graphql.live.application import Live  # noqa: E402  # needs the settings
from cxplatform.graphql.schema import served_schema  # noqa: E402  # needs the settings
from cxplatform.settling import settle  # noqa: E402

application = WithHeaders(Live())
# Built now, or the first who comes would wait for it.
served_schema()
settle()
