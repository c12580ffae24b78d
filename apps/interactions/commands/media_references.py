"""Attaching and removing references to recordings and transcripts. Nothing here ever opens what they refer to."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.interactions.models import MediaReference
from apps.interactions.own_work import handled_key
from cxplatform.audit.trail import PERSONAL, Subject, record_change
from cxplatform.errors import Forbidden, NotFound
from cxplatform.imports.guards import Write


def record_media_reference(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> MediaReference:
    """Store a reference, known by source and external id, or change it.

    `values` are the columns of the import kind. Whoever sees only its own work tells of that alone. Raises: Forbidden;
    RowRefused with every problem.
    """
    key = record_as(
        actor, "media-references", values, action="record_media_reference", now=now, is_own=_is_own, check=_of_own_work
    )
    return MediaReference.objects.get(pk=key)


def remove_media_reference(*, actor: Viewer, reference_id: UUID, now: datetime) -> None:
    """Remove a reference for good; what it refers to is another system's. Raises: Forbidden; NotFound."""
    actor.require(Permission.RECORD)
    stored = MediaReference.objects.select_for_update().filter(pk=reference_id).first()
    if stored is None or (actor.only_own_work and not _is_own(actor.member_id, stored.pk)):
        raise NotFound("There is no such reference.")
    MediaReference.objects.filter(pk=stored.pk).delete()
    record_change(
        actor=actor.actor,
        action="remove_media_reference",
        subject=Subject("MediaReference", stored.pk),
        now=now,
        before={"interaction": PERSONAL, "kind": stored.kind, "at": stored.at},
        after={"removed": True},
    )


def _is_own(member_id: UUID, reference_id: UUID) -> bool:
    stored = MediaReference.objects.get(pk=reference_id)
    return handled_key(member_id, stored.source, stored.interaction_external_id)


def _of_own_work(member_id: UUID, write: Write) -> None:
    if not handled_key(member_id, write.row.source, write.row.values["interaction"]):
        raise Forbidden("You did not handle this interaction.", field="interaction")
