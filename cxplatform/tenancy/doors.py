"""The one door to brand data, the one to shared data, and the narrow one to a brand's inbox.

A door is one database transaction on the `default` connection whose first statement takes the role and the search
path of one schema, local to the transaction. Nothing of it outlives COMMIT, so it is right behind any pooler; outside
of a door the login may read nothing at all. A read-only door is held until something needs more than one statement:
what `read` sends meanwhile is a transaction of its own, which begins as any door does.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql as composed

from cxplatform.tenancy import scope
from cxplatform.tenancy.brand import EXTENSIONS_SCHEMA, SHARED_SCHEMA, BrandRef
from cxplatform.tenancy.kept import Kept, read_behind

ALIAS = "default"


class DoorError(RuntimeError):
    """A door was opened where it must not be; always a bug in the caller."""


class NoBrand(DoorError):
    """Brand data was asked for outside a brand's door."""


@dataclass
class Door:
    # The name of its role, which is its schema's too, but for an inbox's.
    schema: str
    brand: BrandRef | None
    read_only: bool
    entry: str
    # How to go in, while it is held; None, once its transaction is open.
    held: Callable[[], None] | None = None
    thread: int = field(default_factory=threading.get_ident)
    open: bool = True
    last_acts: list["_LastAct"] = field(default_factory=list)

    def go_in(self) -> None:
        """Open its transaction, if it is held."""
        if self.held is not None:
            self.held()


@dataclass(frozen=True, eq=False)
class _LastAct:
    """What to do before COMMIT. Django forgets it with the savepoint it was asked for in, and calls it after COMMIT."""

    work: Callable[[], None]

    def __call__(self) -> None:
        """Do nothing: it was done."""


_current: ContextVar[Door | None] = ContextVar("cxplatform_door", default=None)

_KEPT = ("role", "search_path", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
_SETTINGS = (*_KEPT, "timezone", "transaction_read_only")


def current_door() -> Door | None:
    """Return the door this thread stands in; a context copied out of a door, or into a thread, is not in it."""
    door = _current.get()
    if door is None or not door.open or door.thread != threading.get_ident():
        return None
    return door


def current_brand() -> BrandRef:
    """Return the brand whose door is open.

    Raises: NoBrand, outside any door and inside the shared one.
    """
    door = current_door()
    if door is None or door.brand is None:
        raise NoBrand("No brand's door is open here.")
    return door.brand


@contextmanager
def brand_tx(
    brand: BrandRef, *, read_only: bool = False, statement_timeout_ms: int | None = None
) -> Iterator[BrandRef]:
    """Open the brand's door: one transaction as the brand's role on its schema and on nothing else.

    Inside the same brand's door it is a savepoint. Raises: DoorError inside any other door.
    """
    with _door(brand.schema, brand, read_only, statement_timeout_ms):
        yield brand


@contextmanager
def inbox_tx(brand: BrandRef, *, statement_timeout_ms: int | None = None) -> Iterator[None]:
    """Open the narrow door of whoever answers without having signed in: one transaction as the brand's inbox role.

    It may add rows to the brand's inbox and call its one look-up, and nothing else: reading a table is an error of
    PostgreSQL's. Raises: DoorError inside any other door.
    """
    with _door(brand.inbox_role, brand, False, statement_timeout_ms):
        yield


@contextmanager
def shared_tx(*, read_only: bool = False, statement_timeout_ms: int | None = None) -> Iterator[None]:
    """Open the door to the shared schema: one transaction as its role.

    Raises: DoorError inside a brand's door.
    """
    with _door(SHARED_SCHEMA, None, read_only, statement_timeout_ms):
        yield


def read_shared(statement: str, values: Sequence[Any], kept: Kept | None = None) -> list[tuple[Any, ...]]:
    """Read by one statement of SQL in a shared door of its own: sent with the door, as one message of one transaction.

    Inside somebody's transaction it is a shared door as any other. Raises: DoorError inside a brand's door.
    """
    with shared_tx(read_only=True):
        return read(statement, values, kept)


def read(statement: str, values: Sequence[Any] | Mapping[str, Any], kept: Kept | None = None) -> list[tuple[Any, ...]]:
    """Read by one statement of SQL in the open door; while it is held, sent with it as one message of one transaction.

    One whose text comes again may be `kept`, if its values stand in order. For the few modules that write SQL by hand.
    Raises: DoorError outside a door.
    """
    door = current_door()
    if door is None:
        raise DoorError("SQL needs an open door.")
    held, door.held = door.held, None
    try:
        if held is not None:
            return read_behind(connections[ALIAS], door.entry, statement, values, kept)
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
    finally:
        door.held = held


def go_in() -> None:
    """Open the transaction of a door that is held, if one is: what comes next needs more than `read`."""
    door = current_door()
    if door is not None:
        door.go_in()


def before_commit(work: Callable[[], None]) -> None:
    """Have something done as the open door's last act, inside its transaction and after everything else.

    It is not done if the savepoint it was asked for in is rolled back. What it takes locks on, nobody waits for while
    holding them. Raises: DoorError outside a door and in a read-only one.
    """
    door = current_door()
    if door is None or door.read_only:
        raise DoorError("A last act needs an open door that writes.")
    act = _LastAct(work)
    transaction.on_commit(act, using=ALIAS)
    door.last_acts.append(act)


@contextmanager
def sql() -> Iterator[CursorWrapper]:
    """Lend a cursor inside the open door, for the few modules that write SQL by hand.

    Raises: DoorError outside a door.
    """
    if current_door() is None:
        raise DoorError("SQL needs an open door.")
    with connections[ALIAS].cursor() as cursor:
        yield cursor


@contextmanager
def _door(schema: str, brand: BrandRef | None, read_only: bool, timeout_ms: int | None) -> Iterator[None]:
    connection = connections[ALIAS]
    standing = _standing_in(connection)
    if standing is not None:
        _check_reentry(standing, schema, read_only)
        standing.go_in()
        with transaction.atomic(using=ALIAS):
            yield
        return
    if brand is not None:
        scope.claim(brand.id)
    nested = connection.in_atomic_block
    door = Door(schema, brand, read_only, _entry(schema, _time_outs(timeout_ms), read_only=read_only and not nested))
    if read_only and not nested:
        with ExitStack() as transaction_:
            door.held = partial(_go_in, connection, door, transaction_)
            with _standing(connection, door):
                yield
        return
    with transaction.atomic(using=ALIAS):
        kept = _settings_now(connection) if nested else None
        _enter(connection, door)
        with _standing(connection, door):
            yield
            _act_last(connection, door)
        if kept is not None:
            _restore(connection, kept)


@contextmanager
def _standing(connection: Any, door: Door) -> Iterator[None]:
    """Stand in a door, as this thread and its connection know it."""
    token = _current.set(door)
    connection.cx_door = door  # the truth on which door this connection is in
    try:
        yield
    finally:
        door.open = False
        connection.cx_door = None
        _current.reset(token)


def _go_in(connection: Any, door: Door, transaction_: ExitStack) -> None:
    """Open a held door's transaction, which ends with the door.

    Raises: DoorError in a transaction that was begun before: the door would not outlast it.
    """
    if connection.in_atomic_block:
        raise DoorError("A transaction was begun at a door that is held; go in first.")
    door.held = None
    transaction_.enter_context(transaction.atomic(using=ALIAS))
    _enter(connection, door)


def _act_last(connection: Any, door: Door) -> None:
    """Do what was asked for in savepoints that were kept: Django remembers no other."""
    if door.last_acts:
        kept = {id(act) for _, act, _ in connection.run_on_commit}
        for act in door.last_acts:
            if id(act) in kept:
                act.work()


def _standing_in(connection: Any) -> Door | None:
    door: Door | None = getattr(connection, "cx_door", None)
    return door if door is not None and door.open else current_door()


def _check_reentry(standing: Door, schema: str, read_only: bool) -> None:
    if standing.schema != schema:
        raise DoorError(f"A door to {schema} was opened inside the door to {standing.schema}.")
    if standing.read_only and not read_only:
        raise DoorError(f"A writing door to {schema} was opened inside a read-only one.")


def _enter(connection: Any, door: Door) -> None:
    with connection.cursor() as cursor:
        cursor.execute(door.entry)


def _time_outs(statement_ms: int | None) -> tuple[int, int, int]:
    statement = settings.CX_STATEMENT_TIMEOUT_MS if statement_ms is None else statement_ms
    return statement, settings.CX_LOCK_TIMEOUT_MS, settings.CX_IDLE_IN_TRANSACTION_TIMEOUT_MS


# About as many as the brands that a process serves.
@lru_cache(maxsize=4096)
def _entry(role: str, time_outs_ms: tuple[int, int, int], *, read_only: bool) -> str:
    """Write the first statement of a door."""
    # A role is named as its schema is, but for an inbox's, whose schema is its brand's.
    schema = f"b_{role.removeprefix('s_')}" if role.startswith("s_") else role
    path = f"{schema}, {EXTENSIONS_SCHEMA}"
    values = (role, path, *map(str, time_outs_ms), "UTC", *(["on"] if read_only else []))
    calls = [composed.SQL("set_config({}, {}, true)").format(*each) for each in zip(_SETTINGS, values, strict=False)]
    # One value, not one each: nobody reads them, and the driver makes ready to.
    return (composed.SQL("SELECT ") + composed.SQL(" || ").join(calls)).as_string()


def _settings_now(connection: Any) -> list[tuple[str, str]]:
    """Read what a door inside somebody's open transaction (a test's) must put back, for RELEASE undoes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(["current_setting(%s)"] * len(_KEPT)), list(_KEPT))
        return list(zip(_KEPT, cursor.fetchone(), strict=True))


def _restore(connection: Any, kept: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(kept))
        cursor.execute("SELECT " + calls, [part for pair in kept for part in pair])
