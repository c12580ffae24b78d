"""Identifiers: UUIDv7, so that keys sort by the time they were made."""

from uuid import UUID

import uuid_utils.compat


def uuid7() -> UUID:
    """Make a new time-ordered UUID (version 7)."""
    return uuid_utils.compat.uuid7()
