"""Making and revoking API keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.accounts import keys, selectors
from apps.accounts.commands.members import brands_of
from apps.accounts.models import ApiKey, Member
from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from cxplatform.audit.actors import OPERATOR, Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, NotFound


def create_api_key(
    *,
    actor: Viewer,
    name: str,
    now: datetime,
    member_id: UUID | None = None,
    scope: str = "FULL",
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for the actor, or for a member it manages; return it with its token, which is shown this once.

    Raises: Forbidden; NotFound for a member that is not the actor's to manage; BadInput naming the field.
    """
    actor.require(Permission.MANAGE)
    member = _managed_member(actor, member_id or actor.member_id)
    if expires_at is not None and expires_at <= now:
        raise BadInput("A key must expire in the future.", field="expires_at")
    key, token = _made(member, name, now, scope, expires_at)
    _record(actor.actor, "create_api_key", key, now=now, after=_described(key))
    return key, token


def issue_key(
    *, member: Member, name: str, now: datetime, scope: str = "FULL", expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key without asking who asks; for the operator's commands.

    Raises: BadInput naming the field.
    """
    key, token = _made(member, name, now, scope, expires_at)
    _record(OPERATOR, "issue_key", key, now=now, after=_described(key))
    return key, token


def _made(member: Member, name: str, now: datetime, scope: str, expires_at: datetime | None) -> tuple[ApiKey, str]:
    if not 1 <= len(name.strip()) <= 100:
        raise BadInput("A key's name has 1 to 100 characters.", field="name")
    if scope not in ApiKey.Scope.values:
        raise BadInput("The scope is FULL or READ.", field="scope")
    new = keys.make_key()
    key = ApiKey.objects.create(
        member=member,
        name=name.strip(),
        public_id=new.public_id,
        secret_hash=new.secret_hash,
        scope=scope,
        created_at=now,
        expires_at=expires_at,
    )
    return key, new.token


def revoke_api_key(*, actor: Viewer, key_id: UUID, now: datetime) -> ApiKey:
    """Revoke a key for ever; a revoked one stays as it is.

    Raises: Forbidden; NotFound for a key that is not the actor's to manage.
    """
    actor.require(Permission.MANAGE)
    key = ApiKey.objects.filter(pk=key_id).select_related("member").first()
    if key is None:
        raise NotFound("No such key.")
    _managed_member(actor, key.member_id, what="key")
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
        _record(actor.actor, "revoke_api_key", key, now=now, before={"revoked_at": None}, after={"revoked_at": now})
    return key


def _described(key: ApiKey) -> dict[str, object]:
    return {"member": key.member_id, "scope": key.scope, "expires_at": key.expires_at}


def _record(actor: Actor, action: str, key: ApiKey, **told: Any) -> None:
    subject = Subject("ApiKey", key.id, key.name)
    record_change(actor=actor, action=action, subject=subject, brand_ids=brands_of(key.member), **told)


def _managed_member(actor: Viewer, member_id: UUID, *, what: str = "member") -> Member:
    found = selectors.managed_members(actor).filter(pk=member_id).first()
    if found is None:
        raise NotFound(f"No such {what}.")
    return found
