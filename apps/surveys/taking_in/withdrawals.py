"""Customers who no longer wish to be asked: said once and for all surveys, by whichever channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.customers.imports import CONSENTS
from apps.customers.models import ContactPurpose
from apps.surveys.models import PageEntry
from apps.surveys.taking_in.customers import Named
from cxplatform.imports.upserts import upsert

_WHERE: Final = "survey page"


def withdraw(told: Mapping[UUID, Sequence[PageEntry]], named: Mapping[UUID, Named], now: datetime) -> None:
    """Record of customers that they forbade it. Each time is one more record: they may have allowed it in between."""
    rows = [
        {
            "source": named[key].source,
            "external_id": f"invitation-{entry.pk}",
            "customer": named[key].external_id,
            "purpose": ContactPurpose.SURVEYS,
            "granted": False,
            "at": entry.at,
            "said_where": _WHERE,
        }
        for key, entries in told.items()
        for entry in entries
        if named[key].external_id is not None
    ]
    if rows:
        upsert(CONSENTS, rows, now=now)
