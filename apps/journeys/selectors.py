"""Reads of this app."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet


def in_force(versions: "QuerySet[Any]", at: datetime) -> "QuerySet[Any]":
    """Narrow versions to those in force at an instant: at most one of each journey."""
    return versions.filter(Q(effective_until=None) | Q(effective_until__gt=at), effective_from__lte=at)
