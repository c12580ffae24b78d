"""Merged reasons and the events that name them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.interactions.imports.events import INTERACTION_EVENTS
from apps.interactions.imports.interactions import INTERACTIONS
from apps.interactions.models import Interaction, InteractionEvent, Reason, ReasonAlias
from apps.interactions.reasons import moving
from apps.interactions.reasons.merged import final
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CONTACT = {"external_id": "i", "version": 1, "channel": "EMAIL", "opened_at": NOW, "reason": "Money"}


def event(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"external_id": key, "interaction": "i", "kind": kind, "at": NOW, **more}


def merged(brand: BrandRef, *, move: bool) -> None:
    """Store a contact with an event on Money and merge that into Refund, its rows moved or not yet."""
    with brand_tx(brand):
        upsert(INTERACTIONS, [CONTACT], now=NOW)
        upsert(INTERACTION_EVENTS, [event("e1", "RESOLVED", reason="Money")], now=NOW)
        stays = Reason.objects.create(path="Refund", name="Refund")
        gone = Reason.objects.get(path="Money")
        gone.merged_into, gone.retired_at = stays, NOW
        gone.save()
        ReasonAlias.objects.create(path="Money", reason=stays)
        while move and moving.move_rows([gone.id], final(gone.id), now=NOW):
            pass


def test_what_is_said_again_after_a_merge_is_the_same(acme: BrandRef) -> None:
    merged(acme, move=True)

    with brand_tx(acme):
        outcomes = upsert(INTERACTIONS, [CONTACT], now=NOW)
        outcomes += upsert(INTERACTION_EVENTS, [event("e1", "RESOLVED", reason="Money")], now=NOW)
        paths = [
            *Interaction.objects.values_list("reason__path"),
            *InteractionEvent.objects.values_list("reason__path"),
        ]

    assert [outcome.status.value for outcome in outcomes] == ["DUPLICATE", "DUPLICATE"]
    assert paths == [("Refund",), ("Refund",)]


def test_an_event_after_a_merge_does_not_bring_the_merged_reason_back(acme: BrandRef) -> None:
    merged(acme, move=False)

    with brand_tx(acme):
        Interaction.objects.update(reason=Reason.objects.get(path="Refund"))
        upsert(INTERACTION_EVENTS, [event("e2", "CLOSED")], now=NOW)

        assert Interaction.objects.get().reason.path == "Refund"
