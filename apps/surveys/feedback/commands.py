"""What people decide about themes. Whatever is found later, these decisions stay. Runs in the open brand door."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Reason
from apps.surveys.feedback.themes.locking import lock_themes
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_text

MOST: Final = 100


def rename_theme(*, actor: Viewer, theme_id: UUID, name: str, now: datetime) -> Theme:
    """Call a theme something. Raises: Forbidden; NotFound; BadInput; Conflict for one that was taken in."""
    theme = _held(actor, theme_id)
    before = {"name": theme.name}
    theme.name, theme.named_by_hand = checked_text(name, 200, "name", what="A theme's name"), True
    return _changed(actor, "rename_theme", theme, now=now, before=before, after={"name": theme.name})


def pin_theme(*, actor: Viewer, theme_id: UUID, pinned: bool, now: datetime) -> Theme:
    """Keep a theme and its words, or no longer. Raises: Forbidden; NotFound; Conflict for one that was taken in."""
    theme = _held(actor, theme_id)
    before = {"pinned": theme.pinned}
    theme.pinned = pinned
    return _changed(actor, "pin_theme", theme, now=now, before=before, after={"pinned": pinned})


def link_theme(*, actor: Viewer, theme_id: UUID, reason_id: UUID | None, now: datetime) -> Theme:
    """Say which contact reason a theme is, or that it is none.

    Raises: Forbidden; NotFound; BadInput for a reason there is not; Conflict for a theme that was taken in.
    """
    theme = _held(actor, theme_id)
    reason = None
    if reason_id is not None:
        reason = Reason.objects.filter(pk=reason_id, merged_into=None).first()
        if reason is None:
            raise BadInput("There is no such reason.", field="reason")
    before = {"reason": theme.reason_id}
    theme.reason = reason
    return _changed(actor, "link_theme", theme, now=now, before=before, after={"reason": reason_id})


def merge_themes(*, actor: Viewer, theme_ids: Collection[UUID], into: UUID, now: datetime) -> Theme:
    """Let a theme take others in; what is like them later is its too.

    Raises: Forbidden; NotFound; BadInput; Conflict for one that was taken in already.
    """
    survivor = _held(actor, into)
    if not 0 < len(theme_ids) <= MOST or into in theme_ids:
        raise BadInput(f"Name 1 to {MOST} other themes.", field="themes")
    merged = [_held(actor, theme_id) for theme_id in dict.fromkeys(theme_ids)]
    FeedbackItem.objects.filter(theme__in=merged).update(theme=survivor)
    for theme in merged:
        theme.merged_into, theme.updated_at = survivor, now
        theme.save()
    survivor.first_seen = min(theme.first_seen for theme in (survivor, *merged))
    told = {"themes": [theme.pk for theme in merged]}
    return _changed(actor, "merge_themes", survivor, now=now, before=None, after=told)


def move_feedback(
    *, actor: Viewer, item_ids: Collection[UUID], theme_id: UUID | None, now: datetime
) -> Collection[UUID]:
    """Say which theme pieces of feedback speak of, or that it is none; they stay there. Returns their ids.

    Raises: Forbidden; NotFound, also where only one of them is not there; BadInput; Conflict as above.
    """
    actor.require(Permission.CONFIGURE)
    lock_themes()
    ids = list(dict.fromkeys(item_ids))
    if not 0 < len(ids) <= MOST:
        raise BadInput(f"Name 1 to {MOST} pieces of feedback.", field="feedback")
    theme = None if theme_id is None else _held(actor, theme_id)
    items = FeedbackItem.objects.filter(pk__in=ids)
    if items.count() < len(ids):
        raise NotFound("There is no such feedback.")
    items.update(theme=theme, theme_fit=None, theme_by_hand=True)
    if theme is not None:
        theme.first_seen = min(theme.first_seen, *items.values_list("occurred_at", flat=True))
        theme.save()
    subject = Subject("Theme", theme.pk, theme.name) if theme else Subject("FeedbackItem", ids[0])
    record_change(
        actor=actor.actor, action="move_feedback", subject=subject, now=now, after={"feedback": ids, "theme": theme_id}
    )
    return ids


def _held(actor: Viewer, theme_id: UUID) -> Theme:
    actor.require(Permission.CONFIGURE)
    lock_themes()
    theme = Theme.objects.select_for_update(no_key=True).filter(pk=theme_id).first()
    if theme is None:
        raise NotFound("There is no such theme.")
    if theme.merged_into_id is not None:
        raise Conflict("Another theme took it in.", field="id")
    return theme


def _changed(
    actor: Viewer, action: str, theme: Theme, *, now: datetime, before: dict[str, Any] | None, after: dict[str, Any]
) -> Theme:
    theme.updated_at = now
    theme.save()
    subject = Subject("Theme", theme.pk, theme.name)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)
    return theme
