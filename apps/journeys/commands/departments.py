from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.models import Department
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.named import checked_key, checked_text

MOST_DEPARTMENTS: Final = 200


def create_department(*, actor: Viewer, key: str, name: str, now: datetime) -> Department:
    """Make a department. Raises: Forbidden; BadInput; Conflict when the key is taken or there are too many."""
    actor.require(Permission.CONFIGURE)
    known, said = checked_key(key), _checked(name)
    if Department.objects.count() >= MOST_DEPARTMENTS:
        raise Conflict(f"A brand has {MOST_DEPARTMENTS} departments at most.")
    try:
        with transaction.atomic():
            made = Department.objects.create(key=known, name=said, created_at=now)
    except IntegrityError as error:
        raise Conflict("A department with this key exists.", field="key") from error
    record_change(
        actor=actor.actor, action="create_department", subject=_subject(made), now=now, after={"name": made.name}
    )
    return made


def rename_department(*, actor: Viewer, department_id: UUID, name: str, now: datetime) -> Department:
    """Call a department by another name; its key stays. Raises: Forbidden; NotFound; BadInput."""
    actor.require(Permission.CONFIGURE)
    department = Department.objects.select_for_update(no_key=True).filter(pk=department_id).first()
    if department is None:
        raise NotFound("There is no such department.")
    before, department.name = department.name, _checked(name)
    if before != department.name:
        department.save(update_fields=["name"])
        record_change(
            actor=actor.actor,
            action="rename_department",
            subject=_subject(department),
            now=now,
            before={"name": before},
            after={"name": department.name},
        )
    return department


def _checked(name: str) -> str:
    return checked_text(name, 200, "name", what="A department's name")


def _subject(department: Department) -> Subject:
    return Subject("Department", department.id, department.key)
