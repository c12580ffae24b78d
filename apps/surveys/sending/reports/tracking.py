"""What an e-mail provider reports, by anymail's webhooks: POST /surveys/anymail/<provider>/tracking/."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils import timezone

from apps.surveys.sending.reports.applying import apply_report
from apps.surveys.sending.reports.report import Happened, Report
from cxplatform.tenancy.directory import ACTIVE, brand_by_id
from cxplatform.tenancy.doors import brand_tx

# An opening that is told by a picture in the mail is a program's more often than a person's: it is not counted.
_HAPPENED: Final = {
    "delivered": Happened.DELIVERED,
    "bounced": Happened.BOUNCED,
    "rejected": Happened.BOUNCED,
    "complained": Happened.COMPLAINED,
    "unsubscribed": Happened.UNSUBSCRIBED,
}


def tracking_urls() -> list[URLPattern | URLResolver]:
    """Return the provider's path; none where no secret guards it, for anybody could report anything."""
    if not settings.CX_EMAIL_PROVIDER or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return []
    from anymail.signals import tracking  # noqa: PLC0415  # only where a provider is set
    from anymail.urls import urlpatterns  # noqa: PLC0415  # as above

    tracking.connect(take_event, dispatch_uid="surveys")
    provider = settings.CX_EMAIL_PROVIDER
    own = [each for each in urlpatterns if str(each.name).startswith(provider) and "inbound" not in str(each.name)]
    return [path("surveys/anymail/", include(own))]


def take_event(sender: object, event: Any, esp_name: str, **_: object) -> None:
    """Let an event take effect; one of a message that is none of ours has none."""
    happened = _HAPPENED.get(event.event_type)
    metadata = event.metadata or {}
    brand_id, invitation_id = _uuid(metadata.get("brand")), _uuid(metadata.get("invitation"))
    brand = brand_by_id(brand_id) if brand_id else None
    if happened is None or brand is None or brand.status != ACTIVE:
        return
    now = timezone.now()
    reason = str(event.reject_reason).upper()[:30] if event.reject_reason else None
    report = Report(happened, str(event.message_id or ""), min(event.timestamp or now, now), reason)
    with brand_tx(brand):
        apply_report(report, now, invitation_id)


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
