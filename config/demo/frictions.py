"""What was hard for customers of a demo brand: found in its own data, on the day the redesign began and today."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from apps.accounts.authentication import authenticate
from apps.accounts.viewer import Viewer
from apps.journeys import commands
from apps.journeys.models import Friction, FrictionCategory
from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks
from config.demo.telling import told_on
from cxplatform.tenancy.doors import brand_tx

_DUE: Final = timedelta(weeks=4)
# What the brand's people said of what was found: of whom it is the task follows from the journey.
_SAID: Final = {
    "returns": (FrictionCategory.POLICY, {"en": "Return policy", "de": "Rückgaberegeln"}),
    "checkout": (FrictionCategory.PRODUCT, {"en": "Checkout", "de": "Kasse"}),
}


def ensure_frictions(plan: Plan, token: str, now: datetime) -> None:
    """Have frictions found if there are none: proposed when the redesign began, settled with it; and as of today."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    began = Weeks(told_on(brand, now), brand.zone).go_live.replace(tzinfo=brand.zone)
    with brand_tx(brand):
        if Friction.objects.exists():
            return
        # Reckons with numpy, which a demo that is there need not load.
        from apps.insights.frictions.proposing import look_for_frictions  # noqa: PLC0415

        _settle(admin, look_for_frictions(now=began), plan.locale, began)
        look_for_frictions(now=now)


def _settle(admin: Viewer, found: Iterable[Friction], locale: str, began: datetime) -> None:
    """Confirm what is behind the redesign, give it to those who own the touchpoint, and end it four weeks later."""
    for friction in found:
        if friction.touchpoint.key not in _SAID:
            continue
        category, names = _SAID[friction.touchpoint.key]
        title = f"{names[locale]}: {friction.title.partition(': ')[2]}"
        about: dict[str, Any] = {"actor": admin, "friction_id": friction.pk, "note": ""}
        judged = commands.Judged(title=title, category=category.value)
        commands.confirm_friction(**about, judged=judged, now=began + timedelta(hours=9))
        commands.start_friction(
            **about,
            department=None,
            assignee=None,
            due_on=(began + _DUE).date(),
            now=began + timedelta(hours=10),
        )
        commands.resolve_friction(**about, now=began + _DUE)
