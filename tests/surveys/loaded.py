"""Rows as imports bring them, at this moment: follow-ups are for what is new."""

from typing import Any

from django.utils import timezone

from cxplatform.imports.upserts import upsert


def load(kind: Any, *rows: dict[str, Any]) -> None:
    assert {outcome.status.value for outcome in upsert(kind, list(rows), now=timezone.now())} <= {"ACCEPTED", "UPDATED"}
