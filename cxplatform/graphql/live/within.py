"""Waiting for so long at most, which ends when it is called off.

`asyncio.wait_for` of Python 3.11 loses a cancellation that comes in the moment in which what is waited for happens:
whoever was told to go would stay.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def within(seconds: float, what: Awaitable[T]) -> T:
    """Wait for something at most so long. Raises: TimeoutError."""
    async with asyncio.timeout(seconds):
        return await what


def leave_if_called_off() -> None:
    """Go where a library has lost in this way that this task was called off. Raises: CancelledError."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
