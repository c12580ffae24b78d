"""What customers say in tests, and the workers that make something of it."""

from datetime import UTC, datetime
from typing import Any

from apps.accounts.permissions import Role
from apps.surveys.feedback.deriving import derive_marked
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.graphql.global_ids import global_id
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests import cluster

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
AT = "2026-03-02T10:00:00Z"
BAD = "Terrible service, the parcel arrived broken and I am very angry and unhappy"
GOOD = "Wonderful service, the parcel came early and everything was great"
ADMIN = Role.BRAND_ADMIN


def say(brand: BrandRef, what: str, **values: Any) -> Any:
    """Store a row as imports do."""
    with brand_tx(brand):
        (outcome,) = upsert(kind_named(what), [values], now=NOW)
    assert outcome.errors == (), outcome.errors
    return outcome.id


def comment(brand: BrandRef, text: str | None, key: str = "r-1", **more: Any) -> Any:
    told = {"external_id": key, "survey": "service", "kind": "CSAT", "score": 1, "answered_at": AT, "comment": text}
    return say(brand, "survey-responses", **told, **more)


def contact(brand: BrandRef, text: str | None, key: str = "i-1", **more: Any) -> Any:
    return say(brand, "interactions", **{"external_id": key, "channel": "EMAIL", "opened_at": AT, "text": text, **more})


def work(brand: BrandRef) -> None:
    """Do what workers would: make feedback, then enrich it."""
    while derive_marked(brand):
        pass
    run_due(brand)


def of_themes(given: dict[str, Any]) -> dict[str, Any]:
    """Make two themes and a piece of feedback; put their ids in."""
    with brand_tx(cluster.ACME):
        times = dict.fromkeys(("first_seen", "created_at", "updated_at"), NOW)
        theme, other = (Theme.objects.create(name=name, terms=[name], **times) for name in ("courier", "price"))
        piece = FeedbackItem.objects.create(external_id="said", kind="OTHER", text="Late", occurred_at=NOW)
    ids = {
        "theme": global_id("Theme", theme.pk),
        "other theme": global_id("Theme", other.pk),
        "piece": global_id("FeedbackItem", piece.pk),
    }
    return {
        field: [ids[each] for each in value] if isinstance(value, list) else ids.get(value, value)
        for field, value in given.items()
    }
