"""Contacts and answers that name no touchpoint count where their reason arises, whatever came first."""

from itertools import permutations
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.imports import INTERACTION_EVENTS, INTERACTIONS
from apps.interactions.models import Interaction, Reason
from apps.interactions.placing import anew
from apps.journeys.models import Touchpoint
from apps.journeys.stages.staging import stage_marked
from apps.metrics import selectors
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import SurveyResponse
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import viewer
from tests.journeys.stages.stored import NOW, day, load, published, ways

pytestmark = pytest.mark.django_db

ADMIN = Role.BRAND_ADMIN

MARCH = Window(day(-2).replace(hour=5), day(28).replace(hour=4))
ANSWER = {"external_id": "r", "survey": "csat", "kind": "CSAT", "score": 5, "answered_at": day(2), "interaction": "i"}


def contact(external_id: str = "i", reason: str | None = "Billing/Refund", **more: Any) -> dict[str, Any]:
    return {"external_id": external_id, "channel": "PHONE", "opened_at": day(1), "reason": reason, **more}


def reason(path: str) -> Reason:
    parent, _, name = path.rpartition("/")
    above = reason(parent) if parent else None
    return Reason.objects.get_or_create(path=path, defaults={"name": name, "parent": above})[0]


def link(path: str, touchpoint: str) -> None:
    where = Touchpoint.objects.get_or_create(key=touchpoint)[0]
    commands.link_reason_to_touchpoint(actor=viewer(ADMIN), reason_id=reason(path).pk, touchpoint_id=where.pk, now=NOW)


def unlink(path: str, touchpoint: str) -> None:
    where = Touchpoint.objects.get(key=touchpoint)
    commands.unlink_reason_from_touchpoint(
        actor=viewer(ADMIN), reason_id=reason(path).pk, touchpoint_id=where.pk, now=NOW
    )


def placed() -> dict[str, str | None]:
    return dict(Interaction.objects.values_list("external_id", "placed__key"))


def answers() -> dict[str, str | None]:
    return dict(SurveyResponse.objects.values_list("external_id", "placed__key"))


def test_the_nearest_linked_reason_says_where_and_the_first_link_of_several(acme: BrandRef) -> None:
    with brand_tx(acme):
        link("Billing", "invoice")
        link("Billing/Refund", "returns")
        link("Billing/Refund", "checkout")
        load(
            INTERACTIONS,
            contact("deep", "Billing/Refund/Late"),
            contact("above", "Billing/Charge"),
            contact("elsewhere", "Login"),
            contact("named", touchpoint="shop"),
            contact("none", None),
        )

        assert placed() == {"deep": "returns", "above": "invoice", "elsewhere": None, "named": None, "none": None}


@pytest.mark.parametrize("order", list(permutations(["link", "contact", "answer"])))
def test_whatever_comes_first_contact_and_answer_end_in_one_place(acme: BrandRef, order: tuple[str, ...]) -> None:
    with brand_tx(acme):
        reason("Billing/Refund")
    for step in order:
        with brand_tx(acme):
            if step == "link":
                link("Billing", "returns")
            else:
                load(*((INTERACTIONS, contact()) if step == "contact" else (SURVEY_RESPONSES, ANSWER)))
        run_due(acme)

    with brand_tx(acme):
        assert (placed(), answers()) == ({"i": "returns"}, {"r": "returns"})


def test_what_a_row_names_is_kept_and_comes_first(acme: BrandRef) -> None:
    with brand_tx(acme):
        link("Billing", "returns")
        load(INTERACTIONS, contact())
        load(SURVEY_RESPONSES, ANSWER, {**ANSWER, "external_id": "own", "touchpoint": "app"})
        load(INTERACTIONS, contact(touchpoint="shop"))

        assert (placed(), answers()) == ({"i": None}, {"r": "shop", "own": None})
        load(INTERACTIONS, contact(touchpoint=None))
        assert (placed(), answers()) == ({"i": "returns"}, {"r": "returns", "own": None})
        assert list(SurveyResponse.objects.order_by("external_id").values_list("touchpoint__key", flat=True)) == [
            "app", None,
        ]  # fmt: skip


def test_a_reason_that_events_tell_places_too(acme: BrandRef) -> None:
    with brand_tx(acme):
        link("Billing", "returns")
        load(INTERACTIONS, contact(reason=None))
        load(
            INTERACTION_EVENTS,
            {"external_id": "e", "interaction": "i", "kind": "RESOLVED", "at": day(2), "reason": "Billing"},
        )

        assert Interaction.objects.get().reason is not None
        assert placed() == {"i": "returns"}


def test_linked_unlinked_moved_and_merged_in_bounded_steps(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "CONTACTS_A_STEP", 2)
    with brand_tx(acme):
        load(INTERACTIONS, *(contact(str(number), "Billing/Refund") for number in range(5)))
        link("Billing", "returns")
    run_due(acme)
    with brand_tx(acme):
        assert set(placed().values()) == {"returns"}
        moved, shop = reason("Billing/Refund"), reason("Shop")
        link("Shop", "shop")
        commands.move_reason(actor=viewer(ADMIN), reason_id=moved.pk, parent_id=shop.pk, now=NOW)
    run_due(acme)
    with brand_tx(acme):
        assert set(placed().values()) == {"shop"}
        link("Other", "app")
        commands.merge_reasons(actor=viewer(ADMIN), reason_ids=[moved.pk], into_id=reason("Other").pk, now=NOW)
    run_due(acme)
    with brand_tx(acme):
        assert set(placed().values()) == {"app"}
        unlink("Other", "app")
    run_due(acme)
    with brand_tx(acme):
        assert set(placed().values()) == {None}


def test_numbers_and_stages_follow_a_link_that_comes_later(acme: BrandRef) -> None:
    with brand_tx(acme):
        published({"buy": ("shop",), "help": ("returns",)})
        load(INTERACTIONS, contact(customer="ann"), contact("own", customer="ann", touchpoint="shop"))
        load(SURVEY_RESPONSES, {**ANSWER, "customer": "ann"})
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        assert _told("VOLUME", "TOUCHPOINT") == {"shop": 1, None: 1}
        link("Billing", "returns")
    run_due(acme)
    recompute_all(acme, now=NOW)
    while stage_marked(acme):
        pass

    with brand_tx(acme):
        assert _told("VOLUME", "TOUCHPOINT") == {"shop": 1, "returns": 1}
        assert _told("VOLUME", "STAGE") == {"buy": 1, "help": 1}
        assert _told("CSAT", "TOUCHPOINT") == {"returns": 1}
        assert _told("CSAT", "DEPARTMENT") == {"shop": 1}
        assert ways() == {"ann": [("buy", 1, 1), ("help", 1, None)]}


def _told(key: str, by: str) -> dict[str | None, int]:
    slices = selectors.metric_breakdown(key, MARCH, by=DimensionKey(by), now=NOW)
    return {each.key: each.metric.sample_size for each in slices if each.metric.sample_size}
