"""Development and `make demo`: loopback only, no TLS."""

import os

# Messages are shown, not sent.
os.environ.setdefault("EMAIL_URL", "consolemail://")

from config.settings.base import *  # noqa: F403  # after the environment is set; settings layer by star import

INSTALLED_APPS = [*INSTALLED_APPS, "config.demo"]  # noqa: F405  # from base
CX_GRAPHIQL = "config.demo.first_look.first_look"
