"""Every vendor's rule once more in plain Python, one function a rule, with nothing of the engine in it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tests.insights.comparison.plain_known import (
    MONTH,
    Known,
    Row,
    Told,
    ever_closed,
    first_closed,
    handle,
    last_closed,
    nobody_answered,
    open_again,
    reopened,
    replied_at,
    seconds,
    share,
    total,
    unknown_end,
)
from tests.metrics import plain


def first_contact(known: Known, chosen: list[Row]) -> dict[str, Told]:
    counted = [row for row in known.rows if "opened_at" in row and plain.inbound(row) and not nobody_answered(row)]

    def comes_back(row: Row, others: Iterable[Row], within: timedelta) -> bool:
        mine = (row["opened_at"], row["external_id"])
        return any(
            mine < (other["opened_at"], other["external_id"]) and other["opened_at"] - row["opened_at"] <= within
            for other in others
        )

    def same_matter(row: Row) -> list[Row]:
        who = (row["customer"], row["reason"])
        return [other for other in counted if (other["customer"], other["reason"]) == who]

    def calls_of(row: Row) -> list[Row]:
        return [other for other in counted if other["channel"] == "PHONE" and other["customer"] == row["customer"]]

    def is_call(row: Row) -> bool:
        return (
            known.opened(row) and row["channel"] == "PHONE" and plain.inbound(row) and not nobody_answered(row)
            and row["customer"] is not None and row["opened_at"] + MONTH <= known.ripe_until() + plain.WEEK
        )  # fmt: skip

    def identified(row: Row) -> bool:
        return known.opened(row) and row in counted and bool(row["customer"] and row["reason"])

    solved = [row for row in chosen if known.opened(row) and ever_closed(row) and not open_again(row)]
    return {
        "SQM_CALLS": share(chosen, is_call, lambda row: not comes_back(row, calls_of(row), MONTH)),
        "SQM_SURVEY": share(
            chosen, lambda row: known.opened(row) and known.told(row) is not None, lambda row: known.told(row) == 1
        ),
        "CALL_CENTRE_HELPER": share(
            chosen,
            lambda row: identified(row) and known.ripe(row["opened_at"]),
            lambda row: not comes_back(row, same_matter(row), plain.WEEK),
        ),
        "ZENDESK_ONE_TOUCH": share(
            solved, lambda row: plain.replies(row) is not None, lambda row: plain.replies(row) in (0, 1)
        ),
        "INTERCOM_FIRST_CONTACT": share(
            chosen,
            lambda row: known.opened(row) and (ever_closed(row) or bool(reopened(row))),
            lambda row: row["handled_by"] != "BOT" and row["transfers"] == 0 and not reopened(row),
        ),
        "ZAMMAD_FIRST_SOLUTION": share(
            chosen,
            lambda row: known.inside(first_closed(row)),
            lambda row: first_closed(row) - row["opened_at"] < timedelta(minutes=15),  # type: ignore[operator]
        ),
    }


def first_response(known: Known, chosen: list[Row]) -> dict[str, Told]:
    def zendesk(row: Row) -> datetime | None:
        if row["direction"] == "INBOUND":
            return replied_at(row)
        return next(iter(known.messages(row, "HUMAN")[1:]), None)

    def plains(row: Row) -> bool:
        moment = replied_at(row)
        if moment is None or not plain.inbound(row) or not known.inside(moment):
            return False
        soon = row["opened_at"] >= known.start - timedelta(days=31) and row["opened_at"] < known.end
        return soon and known.wrote_at(row) <= moment

    def since(row: Row) -> datetime:
        moment = replied_at(row)
        assert moment is not None
        handed = row["bot_handed_off_at"]
        return max(m for m in (row["opened_at"], handed, *reopened(row)) if m is not None and m <= moment)

    return {
        "ZENDESK_FIRST_REPLY": total(
            chosen,
            lambda row: known.opened(row) and zendesk(row) is not None,
            lambda row: seconds(zendesk(row), row["opened_at"]),  # type: ignore[arg-type]
        ),
        "PLAIN": total(chosen, plains, lambda row: seconds(replied_at(row), known.wrote_at(row))),  # type: ignore[arg-type]
        "CHATWOOT": total(
            chosen,
            lambda row: known.opened(row) and replied_at(row) is not None,
            lambda row: seconds(replied_at(row), since(row)),  # type: ignore[arg-type]
        ),
    }


def resolution_time(known: Known, chosen: list[Row]) -> dict[str, Told]:
    opened = [row for row in chosen if known.opened(row)]

    def done(row: Row) -> bool:
        return row["resolved_at"] is not None and not open_again(row) and known.wrote_at(row) <= row["resolved_at"]

    def closed(row: Row) -> bool:
        last = last_closed(row)
        return known.inside(last) and not open_again(row) and known.wrote_at(row) <= last  # type: ignore[operator]

    return {
        "ZENDESK_FIRST_RESOLUTION": total(
            opened,
            lambda row: plain.first_resolved_at(row) is not None,
            lambda row: seconds(plain.first_resolved_at(row), row["opened_at"]),  # type: ignore[arg-type]
        ),
        "ZENDESK_FULL_RESOLUTION": total(
            opened,
            lambda row: row["resolved_at"] is not None,
            lambda row: seconds(row["resolved_at"], row["opened_at"]),
        ),
        "PLAIN": total(opened, done, lambda row: seconds(row["resolved_at"], known.wrote_at(row))),
        "REDO": total(chosen, closed, lambda row: seconds(last_closed(row), known.wrote_at(row))),  # type: ignore[arg-type]
    }


def handle_time(known: Known, chosen: list[Row]) -> dict[str, Told]:
    handled = [row for row in chosen if not nobody_answered(row) and row["talk_seconds"] is not None]

    def completed(row: Row) -> bool:
        ends = row["opened_at"] + timedelta(seconds=(row["wait_seconds"] or 0) + handle(row))
        return known.inside(ends) and known.start - timedelta(days=1) <= row["opened_at"] < known.end

    def closed(row: Row) -> bool:
        return known.opened(row) and plain.inbound(row) and row["handled_by"] == "HUMAN" and ever_closed(row)

    return {
        "GENESYS": total(handled, completed, handle),
        "TALKDESK": total(handled, known.opened, handle, lambda row: 1 + row["transfers"]),
        "INTERCOM": total(handled, closed, handle),
    }


def transfer_rate(known: Known, chosen: list[Row]) -> dict[str, Told]:
    moved: Callable[[Row], bool] = lambda row: row["transfers"] > 0  # noqa: E731  # said twice
    return {
        "GENESYS": share(chosen, lambda row: known.opened(row) and row["channel"] == "PHONE", moved),
        "INTERCOM": share(chosen, lambda row: known.opened(row) and replied_at(row) is not None, moved),
    }


def service_level(known: Known, chosen: list[Row]) -> dict[str, Told]:
    def told(row: Row) -> bool:
        if not known.opened(row) or not plain.inbound(row) or unknown_end(row):
            return False
        return row["answered"] is not True or row["wait_seconds"] is not None

    offered = [row for row in chosen if told(row)]
    stayed = [row for row in offered if row["answered"] is True or row["abandoned"]]

    def of(rows: list[Row], left_out: Callable[[Row], bool] = lambda row: False) -> Told:
        return share(rows, lambda row: not left_out(row), plain.in_time)

    return {
        "GENESYS": of(stayed),
        "GENESYS_FLOW_OUTS_IN": of(offered),
        "GENESYS_SHORT_OUT": of(stayed, plain.short),
        "GENESYS_ABANDONS_OUT": of(stayed, lambda row: row["abandoned"]),
        "CXENGAGE": of(
            stayed, lambda row: row["abandoned"] and row["wait_seconds"] is not None and row["wait_seconds"] <= 20
        ),
    }


def abandonment(known: Known, chosen: list[Row]) -> dict[str, Told]:
    offered = [row for row in chosen if plain.inbound(row) and not unknown_end(row)]

    def ended(row: Row) -> bool:
        spent = (row["wait_seconds"] or 0) + (row["talk_seconds"] or 0) + (row["hold_seconds"] or 0)
        near = known.start - timedelta(days=1) <= row["opened_at"] < known.end
        return near and known.inside(row["opened_at"] + timedelta(seconds=spent)) and row["queue"] is not None

    return {
        "GENESYS": share(offered, known.opened, lambda row: row["abandoned"]),
        "AMAZON_CONNECT": share(offered, ended, lambda row: row["abandoned"]),
    }


def reopen_rate(known: Known, chosen: list[Row]) -> dict[str, Told]:
    def resolved_by(row: Row) -> datetime | None:
        if reopened(row):
            known_moments = (min(reopened(row)), row["resolved_at"], row["first_resolved_at"])
            return min(moment for moment in known_moments if moment is not None)
        return row["resolved_at"] or (row["opened_at"] if row["resolved"] is True else None)

    def solved_again(row: Row) -> int:
        last = row["resolved_at"]
        return 0 if last is None else sum(1 for again in reopened(row) if again <= last)

    return {
        "KAIZO": share(chosen, lambda row: known.inside(resolved_by(row)), lambda row: bool(reopened(row))),
        "FIVETRAN_ZENDESK": total(chosen, lambda row: known.inside(resolved_by(row)), solved_again),
    }


def csat(known: Known, answers: list[Row]) -> dict[str, Told]:
    asked = [row for row in answers if row["kind"] == "CSAT" and plain.scope_of(row) == "TRANSACTIONAL"]
    given = [row for row in asked if known.inside(row["answered_at"])]
    return {
        "ZENDESK": share(given, lambda row: True, lambda row: row["score"] >= 4),
        "FREESCOUT": total(given, lambda row: True, lambda row: (row["score"] >= 4) - (row["score"] <= 2)),
        "SCOREBUDDY": total(given, lambda row: True, lambda row: row["score"]),
    }


CONTACTS: dict[str, Callable[[Known, list[Row]], dict[str, Told]]] = {
    "FIRST_CONTACT_RESOLUTION": first_contact,
    "FIRST_RESPONSE_TIME": first_response,
    "RESOLUTION_TIME": resolution_time,
    "HANDLE_TIME": handle_time,
    "TRANSFER_RATE": transfer_rate,
    "SERVICE_LEVEL": service_level,
    "ABANDONMENT": abandonment,
    "REOPEN_RATE": reopen_rate,
}


def recounted(known: Known, chosen: Callable[[Row], bool]) -> dict[tuple[str, str], Told]:
    """Return what every rule comes to over the rows chosen, by subject and rule."""
    contacts = [row for row in known.rows if "opened_at" in row and chosen(row)]
    answers = [row for row in known.rows if "answered_at" in row and chosen(row)]
    found = {subject: rules(known, contacts) for subject, rules in CONTACTS.items()} | {"CSAT": csat(known, answers)}
    return {(subject, rule): told for subject, rules in found.items() for rule, told in rules.items()}
