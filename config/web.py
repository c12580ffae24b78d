"""The web server: granian, whose processes are born with the application already loaded.

granian loads its target in each of its processes. Here the one that makes them has loaded the application before:
they share what it holds, and two of them are ready in the time of one.

    python -m config.web --port=8000 --workers=2 --blocking-threads=8
"""

import os
import sys

import django
from granian.cli import entrypoint

from cxplatform.settling import loading

_AS_ALWAYS = ("--interface=wsgi", "--no-ws")


def main() -> None:
    """Load, then serve with the options given, which are granian's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    with loading():
        # What opens a connection or starts a thread is left to config.wsgi, in the processes that serve.
        django.setup(set_prefix=False)
        from cxplatform.graphql.schema import served_schema  # noqa: PLC0415  # needs the settings

        served_schema()
    sys.argv += [*_AS_ALWAYS, "config.wsgi:application"]
    entrypoint()  # type: ignore[no-untyped-call]  # granian types its servers, not its command


if __name__ == "__main__":
    main()
