"""Hand-offs counted again in plain Python; what is drawn lies so long ago that everything is due."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from tests.metrics.plain import Parts, Row, share

Answer = bool | None


def in_time(row: Row) -> Answer:
    within = 86_400 if row["accept_within_seconds"] is None else row["accept_within_seconds"]
    return row["accepted_at"] is not None and row["accepted_at"] - row["handed_at"] <= timedelta(seconds=within)


def with_context(row: Row) -> Answer:
    return row["context_passed"]  # type: ignore[no-any-return]  # drawn so


def asked_once(row: Row) -> Answer:
    return None if row["question_repeated"] is None else not row["question_repeated"]


def kept(row: Row, outcomes: Sequence[Row]) -> Answer:
    """Tell what the row says, else the first known outcome of its promise from then on, all being one customer's."""
    if row["promise_kept"] is not None:
        return row["promise_kept"]  # type: ignore[no-any-return]  # drawn so
    known = [each for each in outcomes if each["promise"] == row["promise"] and each["kept"] != "UNKNOWN"]
    after = [each for each in known if timedelta() <= each["occurred_at"] - row["handed_at"] < timedelta(days=90)]
    first = min(after, key=lambda each: each["occurred_at"], default=None)
    return None if first is None else first["kept"] == "KEPT"


def counted(rows: Sequence[Row], outcomes: Sequence[Row]) -> dict[tuple[str, str], Parts]:
    asked: dict[str, Callable[[Row], Answer]] = {
        "ACCEPTED_IN_TIME": in_time,
        "CONTEXT_PASSED": with_context,
        "ASKED_ONCE": asked_once,
        "PROMISE_KEPT": lambda row: kept(row, outcomes),
    }

    def whole(row: Row) -> Answer:
        answers = [ask(row) for ask in asked.values()]
        return None if None in answers else all(answers)

    return {("HANDOFF_INTEGRITY", key): _share(rows, ask) for key, ask in {"ALL_FOUR": whole, **asked}.items()}


def _share(rows: Sequence[Row], ask: Callable[[Row], Answer]) -> Parts:
    return share(rows, lambda row: ask(row) is True, lambda row: ask(row) is not None)
