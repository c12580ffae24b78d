"""The migration that lets what bounced and was opened after all be opened, on rows that are there."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps

from apps.surveys.models import Invitation, Survey
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

_SENT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
_OPENED = {"opened_at": _SENT + timedelta(hours=1)}


def test_only_imported_ones_that_bounced_and_were_opened_move_on(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        survey = Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL")
        for name, state, told in (
            ("opened after all", "BOUNCED", _OPENED),
            ("bounced", "BOUNCED", {}),
            ("answered", "ANSWERED", _OPENED),
        ):
            Invitation.objects.create(
                external_id=name, survey=survey, channel="EMAIL", state=state, sent_at=_SENT, **told
            )
        migration = import_module("apps.surveys.migrations.0010_opened_after_all")

        migration.move_on(apps, SimpleNamespace(connection=SimpleNamespace(alias="default")))

        states = dict(Invitation.objects.values_list("external_id", "state"))
        marked = set(DirtyMark.objects.filter(topic="invitation").values_list("day", flat=True))
    assert states == {"opened after all": "OPENED", "bounced": "BOUNCED", "answered": "ANSWERED"}
    # The day it was sent on in any zone.
    assert marked == {date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)}
