"""What a brand sets about the pages of its surveys: the sites of its own that may show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.models import PageSettings
from cxplatform.audit.trail import Subject, record_change
from cxplatform.deployment.origins import exact_origins
from cxplatform.errors import BadInput

MOST_ORIGINS: Final = 20
_THE_ROW: Final = 1


def page_settings() -> PageSettings:
    """Return what is set in the open brand door; no sites where nothing was."""
    return PageSettings.objects.filter(pk=_THE_ROW).first() or PageSettings()


def set_survey_origins(*, actor: Viewer, origins: Sequence[str], now: datetime) -> PageSettings:
    """Say which sites may show the brand's surveys; all of them, named exactly. Raises: Forbidden; BadInput."""
    actor.require(Permission.CONFIGURE)
    wanted = list(dict.fromkeys(origins))
    if len(wanted) > MOST_ORIGINS:
        raise BadInput(f"There are {MOST_ORIGINS} sites at most.", field="origins")
    try:
        exact_origins(wanted)
    except ImproperlyConfigured:
        raise BadInput("A site is named exactly, such as https://shop.example.com.", field="origins") from None
    before = page_settings().origins
    stored, _ = PageSettings.objects.update_or_create(pk=_THE_ROW, defaults={"origins": wanted, "updated_at": now})
    if before != wanted:
        subject = Subject("PageSettings", str(_THE_ROW))
        record_change(
            actor=actor.actor, action="set_survey_origins", subject=subject, now=now, before={"origins": before},
            after={"origins": wanted},
        )  # fmt: skip
    return stored
