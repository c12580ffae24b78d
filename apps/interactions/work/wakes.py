"""How whoever puts waiting contacts before agents is told that there may be something to do."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction

from cxplatform.tenancy.doors import current_brand

Wake = Callable[[UUID], None]


def _nobody(brand_id: UUID) -> None:
    """Wake nobody: no worker is known yet."""


_wake: Wake = _nobody


def register_pushing(wake: Wake) -> None:
    """Say how the brand's pushing is woken; `wake` never raises."""
    global _wake  # noqa: PLW0603  # set once, when the apps are ready
    _wake = wake


def wake_pushing() -> None:
    """Have the open door's brand looked after, once it has committed."""
    transaction.on_commit(partial(_wake, current_brand().id), robust=True)
