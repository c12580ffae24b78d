"""Development and `make demo`: loopback only, no TLS."""

from config.settings.base import *  # noqa: F403  # Django settings layer by star import

INSTALLED_APPS = [*INSTALLED_APPS, "config.demo"]  # noqa: F405  # from base
CX_GRAPHIQL = "config.demo.first_look.first_look"
