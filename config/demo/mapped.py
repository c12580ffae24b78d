"""The journey of a demo brand: as it was when the story begins, and as the redesign left it.

Published as its administrator would have on those days: what is in the trail is dated so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from apps.accounts.authentication import authenticate
from apps.accounts.viewer import Viewer
from apps.journeys import commands
from apps.journeys.models import Criterion, Journey
from apps.journeys.models import StageKind as K
from apps.journeys.models import TouchpointChannel as C
from apps.journeys.written import WrittenPlacement, WrittenStage
from config.demo.story.plans import Plan
from config.demo.story.purchases import DELIVERY_PROMISE
from config.demo.story.weeks import Weeks
from config.demo.telling import told_on
from cxplatform.tenancy.doors import brand_tx

JOURNEY: Final = "buying"
_PAID, _RETURNED = "paid-in-3-minutes", "returns-in-plain-words"
_MINUTE: Final = 60_000

# Keys are the same in every brand; names and texts are in the brand's language.
_NAMES: Final = {
    "en": {
        JOURNEY: "Buying and returning", "Marketing": "Marketing", "E-commerce": "E-commerce", "Logistics": "Logistics",
        "IT": "IT", "Finance": "Finance", "Customer policy": "Customer policy", "Consider": "Looking around",
        "Buy": "Buying", "Receive": "Receiving", "Use": "Using", "Return": "Sending back",
        "product-page": "Product page",
        "checkout": "Checkout", "delivery": "Delivery", "account": "Account", "invoice": "Invoice",
        "returns": "Returns",
        DELIVERY_PROMISE: "Your parcel is with you within three days.",
        _PAID: "You have paid within three minutes.",
        _RETURNED: "30 days, postage on us, one page that says so.",
    },
    "de": {
        JOURNEY: "Kaufen und Zurückgeben", "Marketing": "Marketing", "E-commerce": "Onlineshop", "Logistics": "Versand",
        "IT": "IT", "Finance": "Buchhaltung", "Customer policy": "Kulanz und Regeln", "Consider": "Umsehen",
        "Buy": "Kaufen", "Receive": "Erhalten", "Use": "Benutzen", "Return": "Zurückgeben",
        "product-page": "Produktseite", "checkout": "Kasse", "delivery": "Lieferung", "account": "Kundenkonto",
        "invoice": "Rechnung", "returns": "Rückgabe",
        DELIVERY_PROMISE: "Ihr Paket ist in drei Tagen bei Ihnen.",
        _PAID: "In drei Minuten ist bezahlt.",
        _RETURNED: "30 Tage, Porto zahlen wir, erklärt auf einer Seite.",
    },
}  # fmt: skip
_DEPARTMENTS: Final = ("Marketing", "E-commerce", "Logistics", "IT", "Finance", "Customer policy")


def ensure_mapped(plan: Plan, token: str, now: datetime) -> None:
    """Map the brand's journey if it is not mapped, by the key of its administrator; all of it or nothing."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    weeks = Weeks(told_on(brand, now), brand.zone)
    began, changed = (moment.replace(tzinfo=brand.zone) for moment in (weeks.start, weeks.go_live))
    names = _NAMES[plan.locale]
    with brand_tx(brand):
        if Journey.objects.filter(key=JOURNEY).exists():
            return
        for key in _DEPARTMENTS:
            commands.create_department(actor=admin, key=key, name=names[key], now=began)
        _promise(admin, DELIVERY_PROMISE, names[DELIVERY_PROMISE], "Logistics", now=began)
        journey = commands.create_journey(actor=admin, key=JOURNEY, name=names[JOURNEY], now=began)
        _publish(admin, journey, _before(names), began)
        _promise(admin, _PAID, names[_PAID], "E-commerce", within_ms=3 * _MINUTE, now=changed)
        _promise(admin, _RETURNED, names[_RETURNED], "Customer policy", now=changed)
        _publish(admin, journey, _after(names), changed)


def _promise(admin: Viewer, key: str, text: str, maker: str, *, now: datetime, within_ms: int | None = None) -> None:
    criterion = (Criterion.BY_HAND if within_ms is None else Criterion.WITHIN).value
    told = {"key": key, "text": text, "criterion": criterion, "maker": maker}
    commands.create_promise(actor=admin, within_ms=within_ms, now=now, **told)


def _publish(admin: Viewer, journey: Journey, stages: Sequence[WrittenStage], now: datetime) -> None:
    draft = commands.draft_journey_version(actor=admin, journey_id=journey.id, now=now)
    commands.edit_journey_draft(actor=admin, version_id=draft.id, stages=stages, now=now)
    commands.publish_journey_version(actor=admin, version_id=draft.id, effective_from=now, now=now)


def _before(names: dict[str, str]) -> list[WrittenStage]:
    """Nobody says how long paying may take, nor what returning costs; weights were never looked at."""
    return _stages(
        names,
        checkout=WrittenPlacement("checkout", "E-commerce", C.WEB.value, weight=20),
        returns=WrittenPlacement("returns", "Customer policy", C.WEB.value, weight=10),
    )


def _after(names: dict[str, str]) -> list[WrittenStage]:
    """Both places that drove the contacts are moments of truth, with a promise and a service level."""
    return _stages(
        names,
        checkout=WrittenPlacement(
            "checkout", "E-commerce", C.WEB.value, weight=25, is_moment_of_truth=True, promise=_PAID,
            slo_ms=3 * _MINUTE, slo_share=0.8,
        ),
        returns=WrittenPlacement(
            "returns", "Customer policy", C.WEB.value, weight=25, is_moment_of_truth=True, promise=_RETURNED,
            slo_ms=10 * _MINUTE, slo_share=0.85,
        ),
    )  # fmt: skip


def _stages(names: dict[str, str], *, checkout: WrittenPlacement, returns: WrittenPlacement) -> list[WrittenStage]:
    delivery = WrittenPlacement("delivery", "Logistics", C.DELIVERY.value, weight=20, promise=DELIVERY_PROMISE)
    page = WrittenPlacement("product-page", "Marketing", C.WEB.value, weight=15)
    return [
        _stage(names, K.CONSIDERATION, "Consider", page),
        _stage(names, K.PURCHASE, "Buy", checkout),
        _stage(names, K.DELIVERY, "Receive", delivery),
        _stage(
            names, K.USAGE, "Use",
            WrittenPlacement("account", "IT", C.WEB.value, weight=10),
            WrittenPlacement("invoice", "Finance", C.INVOICE.value, weight=5),
        ),
        _stage(names, K.SUPPORT, "Return", returns),
    ]  # fmt: skip


def _stage(names: dict[str, str], kind: K, key: str, *touchpoints: WrittenPlacement) -> WrittenStage:
    named = [replace(each, name=names[each.touchpoint]) for each in touchpoints]
    return WrittenStage(kind.value, key, names[key], named)
