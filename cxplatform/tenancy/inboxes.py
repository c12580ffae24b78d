"""Inboxes: what somebody who has not signed in may put into a brand, by a role that can do nothing else.

A model with an `inbox` says so. Its brand's inbox role may add rows to its table and call one function, which runs
with the owner's rights and tells what its one statement tells; it may read no table, not even that one.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from cxplatform.tenancy import roles
from cxplatform.tenancy.brand import inbox_role_of
from cxplatform.tenancy.doors import ALIAS, DoorError, current_door

_NAME: Final = re.compile(r"[a-z_]{1,40}\Z")


@dataclass(frozen=True)
class Inbox:
    """`look_up` is the function's name, `statement` what it runs: one SELECT of one JSON value; $1 is of bytes."""

    look_up: str
    statement: str


def grant_inbox(cursor: CursorWrapper, schema: str, model: type[models.Model], *, login: str) -> None:
    """Make the inbox role of a brand's schema and its function anew, as the owner. Idempotent."""
    role = inbox_role_of(schema)
    if role is None:
        return
    inbox: Inbox = model.inbox  # type: ignore[attr-defined]  # who calls has looked
    roles.ensure_role(cursor, role)
    roles.let_become(cursor, role, login)
    names = {
        "schema": roles.name(schema),
        "role": roles.name(role),
        "table": sql.Identifier(model._meta.db_table),
        "function": _function(inbox),
        "statement": sql.Literal(inbox.statement),
    }
    for statement in (
        # Its path is its own: what it names is never what a caller has put in front.
        "CREATE OR REPLACE FUNCTION {schema}.{function}(bytea) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER "
        "SET search_path = {schema}, pg_temp AS {statement}",
        "REVOKE ALL ON FUNCTION {schema}.{function}(bytea) FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION {schema}.{function}(bytea) TO {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "GRANT INSERT ON {schema}.{table} TO {role}",
    ):
        cursor.execute(sql.SQL(statement).format(**names))


def look_up(inbox: Inbox, key: bytes) -> Any:
    """Call the look-up in the open inbox door; None for what it does not know. Raises: DoorError in no such door."""
    door = current_door()
    if door is None or door.brand is None or door.schema != door.brand.inbox_role:
        raise DoorError("A look-up needs the door of an inbox.")
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}(%s)").format(_function(inbox)), [key])
        (found,) = cursor.fetchone()
    # Django has JSON read as text.
    return None if found is None else json.loads(found)


def _function(inbox: Inbox) -> sql.Identifier:
    if not _NAME.match(inbox.look_up):
        raise ValueError(f"{inbox.look_up!r} is no name of a look-up.")
    return sql.Identifier(inbox.look_up)
