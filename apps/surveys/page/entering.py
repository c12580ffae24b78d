"""Put what a page was told into the brand's inbox, and wake whoever takes it in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from apps.surveys.forms import Answer
from apps.surveys.models import PageEntry, PageWord
from apps.surveys.page.looking import Asked
from apps.surveys.taking_in.waking import wake_taking_in
from cxplatform.tenancy.doors import inbox_tx

Word = tuple[PageWord, str | None, Answer]


def enter(asked: Asked, words: Sequence[Word], now: datetime) -> None:
    """Add what was said, in its order, as the inbox's role; the worker is told once it is committed."""
    if not words:
        return
    with inbox_tx(asked.brand):
        for word, question, value in words:
            PageEntry(invitation_id=asked.invitation_id, word=word, question=question, value=value, at=now).save(
                force_insert=True
            )
        transaction.on_commit(partial(wake_taking_in, asked.brand.id), robust=True)


def answers(given: Mapping[str, Answer]) -> list[Word]:
    """Return the entries of answers; a question that was passed over is told of nothing."""
    return [(PageWord.ANSWER, key, value) for key, value in given.items() if value is not None]
