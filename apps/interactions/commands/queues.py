"""Making, changing and retiring queues."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.commands.openings import mark_queue
from apps.interactions.commands.skills import Levels, levels_of, replace_skills
from apps.interactions.models import Calendar, Queue
from apps.interactions.models.dimensions import MOST_PRIORITY
from apps.interactions.topics import queue_topic, tell
from apps.interactions.work.rows import rank_anew
from apps.interactions.work.wakes import wake_pushing
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_key, checked_name
from cxplatform.tenancy.doors import current_brand

COLUMNS = ("name", "priority", "assignment", "calendar_id")


def create_queue(
    *, actor: Viewer, key: str, values: Mapping[str, Any], skills: Levels | None = None, now: datetime
) -> Queue:
    """Make a queue; `values` are its name, priority, assignment and the id of its calendar, as far as they are given.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when the key is taken or the calendar retired.
    """
    actor.require(Permission.CONFIGURE)
    values = _checked(values)
    try:
        with transaction.atomic():
            queue = Queue.objects.create(key=checked_key(key), **values)
    except IntegrityError as error:
        raise Conflict("A queue with this key exists.", field="key") from error
    replace_skills(queue, skills or {})
    _record(actor, "create_queue", queue, now=now, after=_told(queue))
    return queue


def update_queue(
    *, actor: Viewer, queue_id: UUID, values: Mapping[str, Any], skills: Levels | None = None, now: datetime
) -> Queue:
    """Change what is given of a queue; skills, where given, take the place of all it asked for.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when it or the calendar is retired.
    """
    actor.require(Permission.CONFIGURE)
    queue = locked_queue(queue_id)
    if queue.retired_at is not None:
        raise Conflict("The queue is retired.", field="id")
    before = _told(queue)
    for name, value in _checked(values).items():
        setattr(queue, name, value)
    queue.save(update_fields=COLUMNS)
    if skills is not None:
        replace_skills(queue, skills)
    after = _told(queue)
    changed = [name for name in after if before[name] != after[name]]
    if "calendar_id" in changed:
        mark_queue(queue.id)
    if changed:
        rank_anew(queue)
        tell([queue_topic(current_brand().id, queue.id)])
        wake_pushing()
        was, becomes = ({name: told[name] for name in changed} for told in (before, after))
        _record(actor, "update_queue", queue, now=now, before=was, after=becomes)
    return queue


def retire_queue(*, actor: Viewer, queue_id: UUID, now: datetime) -> Queue:
    """Close a queue to new contacts for ever; those that wait in it are worked on. Raises: Forbidden; NotFound."""
    actor.require(Permission.CONFIGURE)
    queue = locked_queue(queue_id)
    if queue.retired_at is None:
        queue.retired_at = now
        queue.save(update_fields=["retired_at"])
        _record(actor, "retire_queue", queue, now=now, before={"retired_at": None}, after={"retired_at": now})
    return queue


def locked_queue(queue_id: UUID) -> Queue:
    """Read a queue so that nobody else changes it meanwhile. Raises: NotFound."""
    queue = Queue.objects.select_for_update(no_key=True).filter(pk=queue_id).first()
    if queue is None:
        raise NotFound("There is no such queue.")
    return queue


def queue_that_takes(queue_id: UUID) -> Queue:
    """Return a queue that takes contacts. Raises: NotFound; Conflict."""
    queue = Queue.objects.filter(pk=queue_id).first()
    if queue is None:
        raise NotFound("There is no such queue.")
    if queue.retired_at is not None:
        raise Conflict("The queue is retired.", field="queue")
    return queue


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(values)
    if "name" in given:
        given["name"] = checked_name(given["name"])
    if "priority" in given and not 0 <= given["priority"] <= MOST_PRIORITY:
        raise BadInput(f"A priority is 0 to {MOST_PRIORITY}.", field="priority")
    if given.get("calendar_id") is not None:
        calendar = Calendar.objects.filter(pk=given["calendar_id"]).first()
        if calendar is None:
            raise NotFound("There is no such calendar.")
        if calendar.retired_at is not None:
            raise Conflict("The calendar is retired.", field="calendar")
    return given


def _told(queue: Queue) -> dict[str, object]:
    return {**{name: getattr(queue, name) for name in COLUMNS}, "skills": levels_of(queue)}


def _record(actor: Viewer, action: str, queue: Queue, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=Subject("Queue", queue.id, queue.key), **told)
