"""Whom the brand asked by a sender of its own: those of the answers, and those who never answered.

It has a random stream of its own, so what customers answer is the same with it and without. After contacts campaigns
ask since late in the story; whom these asked is no row here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from config.demo.story.answers import SURVEYS
from config.demo.story.contacts import Contact
from config.demo.story.customers import Customer, Customers
from config.demo.story.plans import Plan
from config.demo.story.weeks import WEEKS, Weeks, moment_in

COLUMNS: Final = (
    *("external_id", "survey", "kind", "customer", "interaction", "touchpoint", "channel", "sent_at"),
    *("delivered_at", "opened_at", "answered_at", "bounced_at"),
)
# From one week on campaigns ask after contacts; one of them, about returns, for some weeks only.
TAKEN_OVER_WEEK: Final = 46
RETURNS_UNTIL_WEEK: Final = 50
# The other questions are asked at the end of the contact itself.
_ASKED_BY_MESSAGE: Final = ("CSAT", "NPS")
# Of the contacts that nothing was answered about, the share that was asked about all the same.
_SILENT: Final = 0.40
# Of those who were asked about the brand as a whole, for each who answered.
_SILENT_ABOUT_ALL: Final = 2.6
# Text messages are answered less.
_BY_SMS, _BY_SMS_UNANSWERED = 0.12, 0.26
_BOUNCE, _OPEN, _UNCONFIRMED = 0.03, 0.30, 0.12


class Invited:
    """The invitations as rows: of each answer that names its sending, then of those who kept silent."""

    def __init__(self, plan: Plan, weeks: Weeks, customers: Customers) -> None:
        self._plan = plan
        self._weeks = weeks
        self._customers = customers
        self._number = 0

    def rows(self, answers: Iterable[dict[str, str]], unasked: Sequence[Contact]) -> Iterator[dict[str, str]]:
        """Write whom these answers are of, some of those behind contacts without one, and some of all customers."""
        rng = Random(f"{self._plan.slug} invitations")  # noqa: S311  # made-up data
        for answer in answers:
            if answer["kind"] in _ASKED_BY_MESSAGE and not self._is_taken_over(answer):
                yield self._answered(rng, answer)
        for contact in unasked:
            if rng.random() < _SILENT:
                sent = contact.local + timedelta(hours=rng.uniform(1, 4))
                yield from self._silent(rng, "CSAT", sent, contact.customer, contact)
        for week in range(WEEKS):
            for _ in range(round(self._plan.relational_answers_a_week * _SILENT_ABOUT_ALL)):
                sent = moment_in(rng, self._weeks.week(week), office_hours=False)
                # Anybody alike: those who are in touch more often answer more often.
                customer = self._customers.draw(rng, sent, skew=1.0)
                yield from self._silent(rng, "NPS", sent, customer, None)

    def _answered(self, rng: Random, answer: dict[str, str]) -> dict[str, str]:
        sent, answered = (_moment(answer[name]) for name in ("sent_at", "answered_at"))
        delivered, opened = (sent + (answered - sent) * share for share in sorted((rng.random() / 9, rng.random())))
        about = {name: answer.get(name, "") for name in ("survey", "kind", "customer", "interaction", "touchpoint")}
        moments = {"delivered_at": _written(delivered), "opened_at": _written(opened)}
        told = {"sent_at": answer["sent_at"], "answered_at": answer["answered_at"]}
        return self._row({**about, **told, **moments}, by_sms=rng.random() < _BY_SMS)

    def _silent(
        self, rng: Random, kind: str, sent: datetime, customer: Customer, contact: Contact | None
    ) -> Iterator[dict[str, str]]:
        """Write somebody who did not answer, unless that was asked after the end of the data or by a campaign."""
        by_sms, fate = rng.random() < _BY_SMS_UNANSWERED, rng.random()
        delivered = sent + timedelta(seconds=rng.uniform(2, 400))
        opened = delivered + timedelta(hours=rng.expovariate(1 / 7))
        row = {
            "survey": SURVEYS[kind],
            "kind": kind,
            "customer": customer.key,
            "interaction": contact.key if contact else "",
            "touchpoint": contact.reason.touchpoint if contact else "",
            "sent_at": self._weeks.utc(sent),
        }
        if sent >= self._weeks.end or self._is_taken_over(row):
            return
        if fate < _BOUNCE:
            row["bounced_at"] = self._weeks.utc_by_end(delivered)
        elif fate < 1 - _UNCONFIRMED:
            row["delivered_at"] = self._weeks.utc_by_end(delivered)
            row["opened_at"] = self._weeks.utc_by_end(opened) if fate < _BOUNCE + _OPEN else ""
        yield self._row(row, by_sms=by_sms)

    def _row(self, row: dict[str, str], *, by_sms: bool) -> dict[str, str]:
        self._number += 1
        return {**row, "external_id": f"S-{self._number:06d}", "channel": "SMS" if by_sms else "EMAIL"}

    def _is_taken_over(self, row: dict[str, str]) -> bool:
        """Tell whether a campaign asks by then: instants are written so that they compare as text."""
        return row["kind"] == "CSAT" and row["sent_at"] >= self._weeks.utc(self._weeks.week(TAKEN_OVER_WEEK))


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _written(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
