"""Doors opened, nested, failed, copied and crossed in any order never show another brand's row."""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from asgiref.sync import sync_to_async
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, NoBrand, brand_tx, current_brand, go_in, read, shared_tx
from cxplatform.tenancy.tasks import HEADER
from tests.isolation.conftest import name_of_c1
from tests.isolation.test_tasks import read_name

PLANES = ["acme", "globex", "shared"]
NAME_OF_C1 = "SELECT name FROM customers_customer WHERE external_id = 'c-1'"


class Planned(Exception):  # not a fault, the machine's own
    """Raised on purpose to leave doors by an error."""


def doors(brands: dict[str, BrandRef]) -> type[RuleBasedStateMachine]:
    """Make the machine for these brands; its model is the stack of doors and savepoints it stands in."""

    class Doors(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.stack = ExitStack()
            self.entered: list[str] = []
            self.plane: str | None = None
            self.held = self.read_only = False
            self.copied: list[contextvars.Context] = []

        def _open(self, plane: str, *, read_only: bool) -> contextlib.AbstractContextManager[object]:
            if plane == "shared":
                return shared_tx(read_only=read_only)
            return brand_tx(brands[plane], read_only=read_only)

        @rule(plane=st.sampled_from(PLANES), read_only=st.booleans())
        def enters(self, plane: str, read_only: bool) -> None:
            if self.plane not in (None, plane) or (self.read_only and not read_only):
                with pytest.raises(DoorError), self._open(plane, read_only=read_only):
                    pass
                return
            self.stack.enter_context(self._open(plane, read_only=read_only))
            # A second door inside one that is held is a savepoint, which needs its transaction.
            self.held = read_only and self.plane is None
            self.read_only = read_only if self.plane is None else self.read_only
            self.entered.append(plane)
            self.plane = plane

        @precondition(lambda self: self.held)
        @rule()
        def goes_in(self) -> None:
            go_in()
            self.held = False

        @precondition(lambda self: self.held and self.plane != "shared")
        @rule()
        def breaks_a_statement_sent_with_its_door(self) -> None:
            with pytest.raises(ProgrammingError):
                read("SELECT * FROM there_is_no_such_table", [])

        @precondition(lambda self: self.plane is not None and not self.held)
        @rule()
        def enters_a_savepoint(self) -> None:
            self.stack.enter_context(transaction.atomic())
            self.entered.append("savepoint")

        @precondition(lambda self: self.plane is not None)
        @rule()
        def leaves_everything(self) -> None:
            self.stack.close()
            self._left()

        @precondition(lambda self: self.plane is not None)
        @rule()
        def fails_and_leaves_everything(self) -> None:
            with pytest.raises(Planned), self.stack:
                raise Planned
            self._left()

        def _left(self) -> None:
            self.stack, self.entered, self.plane = ExitStack(), [], None
            self.held = self.read_only = False

        @precondition(lambda self: self.plane in ("acme", "globex") and not self.read_only)
        @rule()
        def fails_inside_a_savepoint(self) -> None:
            with pytest.raises(Planned), transaction.atomic():
                _overwrite_and_fail()

        @precondition(lambda self: self.plane in ("acme", "globex") and not self.held)
        @rule()
        def breaks_a_statement_inside_a_savepoint(self) -> None:
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT * FROM there_is_no_such_table")

        @rule()
        def copies_its_context(self) -> None:
            self.copied = [contextvars.copy_context()]

        @precondition(lambda self: self.copied)
        @rule()
        def looks_from_a_thread_with_a_copied_context(self) -> None:
            assert _in_thread(self.copied[0], _try_to_read) == "42P01"

        @precondition(lambda self: self.copied)
        @rule(plane=st.sampled_from(["acme", "globex"]))
        def opens_a_door_in_a_thread_with_a_copied_context(self, plane: str) -> None:
            def read() -> str | None:
                with brand_tx(brands[plane]):
                    return name_of_c1()

            assert _in_thread(self.copied[0], read) == plane

        @precondition(lambda self: self.copied)
        @rule(plane=st.sampled_from(["acme", "globex"]))
        def runs_a_task_in_a_thread_with_a_copied_context(self, plane: str) -> None:
            headers = {HEADER: str(brands[plane].id)}

            assert _in_thread(self.copied[0], lambda: read_name.apply(headers=headers, throw=True).get()) == plane

        @precondition(lambda self: self.copied)
        @rule()
        def runs_asyncio_tasks_in_a_thread_with_a_copied_context(self) -> None:
            def read(plane: str) -> str | None:
                try:
                    with brand_tx(brands[plane]):
                        return name_of_c1()
                finally:
                    connection.close()

            async def both() -> list[str | None]:
                reads = [sync_to_async(read, thread_sensitive=sensitive) for sensitive in (True, False)]
                return await asyncio.gather(*(each(plane) for each in reads for plane in ("acme", "globex")))

            assert _in_thread(self.copied[0], lambda: asyncio.run(both())) == ["acme", "globex"] * 2

        @invariant()
        def sees_its_own_brand_and_no_other(self) -> None:
            if self.plane in ("acme", "globex"):
                assert read(NAME_OF_C1, []) == [(self.plane,)]
                assert self.held or name_of_c1() == self.plane
                assert current_brand().slug == self.plane
                return
            with pytest.raises(NoBrand):
                current_brand()
            if not self.held:
                assert _try_to_read() == "42P01"

        def teardown(self) -> None:
            self.stack.close()

    return Doors


def _overwrite_and_fail() -> None:
    Customer.objects.filter(external_id="c-1").update(name="overwritten")
    raise Planned


def _try_to_read() -> str | None:
    try:
        with transaction.atomic():
            return name_of_c1()
    except ProgrammingError as error:
        return str(getattr(error.__cause__, "sqlstate", ""))


def _in_thread(context: contextvars.Context, look: Callable[[], object]) -> object:
    seen: list[object] = []

    def body() -> None:
        try:
            seen.append(look())
        finally:
            connection.close()

    thread = threading.Thread(target=context.copy().run, args=(body,))
    thread.start()
    thread.join(timeout=20)
    return seen[0]


def test_no_order_of_doors_errors_and_threads_shows_another_brand(twins):
    acme, globex = twins

    run_state_machine_as_test(
        doors({"acme": acme, "globex": globex}),
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
