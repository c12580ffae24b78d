"""Bring database and demo data up to date: two commands in one process, which saves one start of Django."""

import sys

import django
from django.core.management import CommandError, call_command


def main() -> None:
    """Migrate everything, then make what the demo lacks."""
    django.setup()
    call_command("migrate_fleet")
    call_command("demo_data")


if __name__ == "__main__":
    try:
        main()
    except CommandError as error:
        sys.exit(f"error: {error}")
