"""Every vendor's rule once more in plain Python, one function a rule, with nothing of the engine in it."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics import plain

Row = Mapping[str, Any]
Told = tuple[float, float, int]
MONTH = timedelta(hours=720)


@dataclass(frozen=True)
class Known:
    """What is asked about: rows, a window, and until when is known what became of things."""

    rows: list[Row]
    start: datetime
    end: datetime
    zone: ZoneInfo
    now: datetime

    def inside(self, moment: datetime | None) -> bool:
        return moment is not None and self.start <= moment < self.end

    def opened(self, row: Row) -> bool:
        return self.inside(row["opened_at"])

    def ripe_until(self) -> datetime:
        seen = plain.horizon_of(self.rows, self.zone, self.now) - plain.WEEK
        return plain.midnight_after(seen, self.zone, days=0)

    def ripe(self, moment: datetime) -> bool:
        return moment < self.ripe_until()

    def messages(self, row: Row, author: str) -> list[datetime]:
        return sorted(
            message["at"]
            for message in self.rows
            if message.get("author") == author and message["public"]
            if message["interaction_external_id"] == row["external_id"]
        )

    def wrote_at(self, row: Row) -> datetime:
        written = [
            message["at"]
            for message in self.rows
            if message.get("author") == "CUSTOMER" and message["interaction_external_id"] == row["external_id"]
        ]
        return min(written, default=row["opened_at"])

    def told(self, row: Row) -> int | None:
        answers = [
            answer["score"]
            for answer in self.rows
            if answer.get("kind") == "FCR" and answer.get("interaction_external_id") == row["external_id"]
        ]
        return answers[0] if answers else None


def share(rows: Iterable[Row], counts: Callable[[Row], bool], meets: Callable[[Row], bool]) -> Told:
    counted = [row for row in rows if counts(row)]
    return sum(map(meets, counted)), len(counted), len(counted)


def total(
    rows: Iterable[Row],
    counts: Callable[[Row], bool],
    value: Callable[[Row], float],
    weight: Callable[[Row], float] = lambda row: 1,
) -> Told:
    counted = [row for row in rows if counts(row)]
    return math.fsum(map(value, counted)), sum(map(weight, counted)), len(counted)


def reopened(row: Row) -> list[datetime]:
    return row["reopened_at"] or []


def ever_closed(row: Row) -> bool:
    return row["resolved_at"] is not None or row["closed_at"] is not None or row["resolved"] is True


def first_closed(row: Row) -> datetime | None:
    moments = (row["first_resolved_at"], row["resolved_at"], row["closed_at"])
    return min((moment for moment in moments if moment is not None), default=None)


def last_closed(row: Row) -> datetime | None:
    return max((moment for moment in (row["resolved_at"], row["closed_at"]) if moment is not None), default=None)


def open_again(row: Row) -> bool:
    last = last_closed(row)
    return row["resolved"] is False or (last is not None and any(again > last for again in reopened(row)))


def replied_at(row: Row) -> datetime | None:
    return plain.human_response_at(row)


def nobody_answered(row: Row) -> bool:
    return row["abandoned"] or row["answered"] is False


def unknown_end(row: Row) -> bool:
    return row["answered"] is None and not row["abandoned"]


def handle(row: Row) -> float:
    return float(row["talk_seconds"] + (row["hold_seconds"] or 0) + (row["after_call_seconds"] or 0))


def seconds(later: datetime, earlier: datetime) -> float:
    return (later - earlier).total_seconds()


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
    given = [row for row in answers if row["kind"] == "CSAT" and known.inside(row["answered_at"])]
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
