"""What the brand's own sender is told of: `outreach.due`, in the transaction that decides upon it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from apps.customers.models import Customer
from apps.insights.outreach.models import Outreach, ProactiveRule
from cxplatform.graphql.global_ids import global_id, key_of
from cxplatform.imports.reserved import ERASED
from cxplatform.webhooks.events import completed_by, webhook_event
from cxplatform.webhooks.outbox import is_heard, tell

DUE: Final = webhook_event("outreach.due", "A customer is to be told something before it has to ask.")


def somebody_listens() -> bool:
    """Tell whether the open door's brand has an endpoint that is told of outreaches."""
    return is_heard(DUE)


def told_due(rule: ProactiveRule, rows: Sequence[Outreach], now: datetime) -> None:
    tell(DUE, [_due(rule, row) for row in rows], now=now)


def _due(rule: ProactiveRule, row: Outreach) -> dict[str, Any]:
    return {
        "outreach": global_id("Outreach", row.pk),
        "rule": rule.key,
        "kind": rule.kind,
        "channel": rule.channel,
        "text": rule.text,
        "customer": global_id("Customer", row.customer_id),
        "deadline": row.until.isoformat(),
    }


def with_external_ids(told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add by what the brand knows each customer: read as it is sent, so that no log keeps it past an erasure."""
    keys = [key_of(each["customer"], "Customer") for each in told]
    rows = Customer.objects.filter(pk__in=keys).values_list("pk", "source", "external_id")
    known = {key: (source, external) for key, source, external in rows if not external.startswith(ERASED)}
    return [
        {**each, "source": known.get(key, (None, None))[0], "externalId": known.get(key, (None, None))[1]}
        for each, key in zip(told, keys, strict=True)
    ]


def register() -> None:
    completed_by(DUE, with_external_ids)
