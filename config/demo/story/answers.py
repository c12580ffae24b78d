"""What customers say when asked: about a contact (CSAT, CES_7, FCR), and about the brand as a whole (NPS)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from config.demo.story.contacts import Contact, Contacts
from config.demo.story.customers import Customer, Customers
from config.demo.story.plans import Plan
from config.demo.story.weeks import WEEKS, Weeks, moment_in

COLUMNS = (
    *("external_id", "survey", "kind", "score", "answered_at", "customer", "interaction", "touchpoint", "comment"),
    *("language", "sent_at"),
)
_ASKED = (("CSAT", 0.135), ("CES_7", 0.085), ("FCR", 0.03))
_HURT_FOR = timedelta(days=60)
_COMMENTS = 0.35


class Answers:
    """The answers as rows, in the order of the contacts and weeks they came from."""

    def __init__(self, plan: Plan, weeks: Weeks, customers: Customers, contacts: Contacts) -> None:
        self._plan = plan
        self._weeks = weeks
        self._customers = customers
        self._contacts = contacts
        self._hurt: dict[str, datetime] = {}
        self._number = 0
        # Contacts with a person that nothing was answered about: filled as the rows are read.
        self.unasked: list[Contact] = []

    def rows(self) -> Iterator[dict[str, str]]:
        about_contacts = Random(f"{self._plan.slug} answers")  # noqa: S311  # made-up data
        about_all = Random(f"{self._plan.slug} relations")  # noqa: S311  # made-up data
        week = 0
        for contact in self._contacts:
            while week < WEEKS and self._weeks.week(week + 1) <= contact.local:
                yield from self._relational(about_all, week)
                week += 1
            yield from self._after(about_contacts, contact)
        while week < WEEKS:
            yield from self._relational(about_all, week)
            week += 1

    def _after(self, rng: Random, contact: Contact) -> Iterator[dict[str, str]]:
        """Ask after a contact with a person."""
        if contact.reason.hurts:
            self._hurt[contact.customer.key] = contact.local
        kind = _asked(rng)
        if kind is None:
            if contact.handled.agent is not None:
                self.unasked.append(contact)
            return
        score = _score(rng, kind, contact, self._weeks.effect(contact.local))
        sent = contact.local + timedelta(hours=rng.uniform(1, 4))
        answered = sent + timedelta(hours=rng.expovariate(1 / 9))
        comment = self._comment(rng, kind, score)
        if contact.handled.agent is not None:
            yield from self._row(
                kind, score, sent=sent, answered=answered, customer=contact.customer, comment=comment, contact=contact
            )

    def _relational(self, rng: Random, week: int) -> Iterator[dict[str, str]]:
        monday = self._weeks.week(week)
        for _ in range(self._plan.relational_answers_a_week):
            answered = moment_in(rng, monday, office_hours=False)
            customer = self._customers.draw(rng, answered)
            hurt = answered - self._hurt.get(customer.key, datetime.min) < _HURT_FOR
            score = _recommend(rng, hurt=hurt, effect=self._weeks.effect(answered))
            comment = self._comment(rng, "NPS", score)
            sent = answered - timedelta(hours=rng.uniform(1, 60))
            yield from self._row(
                "NPS", score, sent=sent, answered=answered, customer=customer, comment=comment, contact=None
            )

    def _row(
        self,
        kind: str,
        score: int,
        *,
        sent: datetime,
        answered: datetime,
        customer: Customer,
        comment: str,
        contact: Contact | None,
    ) -> Iterator[dict[str, str]]:
        """Write an answer, unless it comes after the end of the data."""
        self._number += 1
        if answered >= self._weeks.end:
            return
        yield {
            "external_id": f"A-{self._number:06d}",
            "survey": SURVEYS[kind],
            "kind": kind,
            "score": str(score),
            "answered_at": self._weeks.utc(answered),
            "customer": customer.key,
            "interaction": contact.key if contact else "",
            "touchpoint": contact.reason.touchpoint if contact else "",
            "comment": comment,
            "language": self._plan.locale,
            "sent_at": self._weeks.utc(sent),
        }

    def _comment(self, rng: Random, kind: str, score: int) -> str:
        drawn = rng.random()
        choices = self._choices(kind, score)
        return choices[int(drawn / _COMMENTS * len(choices))] if choices and drawn < _COMMENTS else ""

    def _choices(self, kind: str, score: int) -> tuple[str, ...]:
        words = self._plan.words
        found: dict[str, tuple[str, ...]] = {
            "CSAT": words.CSAT_GOOD if score >= 4 else words.CSAT_BAD,
            "CES_7": words.CES_EASY if score >= 5 else words.CES_HARD,
            "NPS": words.NPS_GOOD if score >= 9 else words.NPS_NEUTRAL if score >= 7 else words.NPS_BAD,
        }
        return found.get(kind, ())


SURVEYS = {"CSAT": "csat-contact", "CES_7": "ces-contact", "FCR": "fcr-contact", "NPS": "nps-relational"}
_CSAT = (2, 2, 5, 27, 64)
_EASE_HARD, _EASE_BETTER, _EASE_GOOD = (10, 12, 16, 18, 20, 15, 9), (3, 4, 7, 12, 22, 30, 22), (1, 2, 4, 8, 20, 35, 30)
_RECOMMEND_HURT = (3, 3, 5, 6, 7, 11, 14, 15, 16, 12, 8)
_RECOMMEND_BEFORE = (1, 1, 2, 3, 4, 7, 10, 17, 19, 20, 16)
_RECOMMEND_AFTER = (0, 0, 1, 1, 2, 4, 6, 13, 19, 28, 26)


def _asked(rng: Random) -> str | None:
    """Draw what somebody is asked after a contact, if anything: never two questions at once."""
    drawn = rng.random()
    for kind, share in _ASKED:
        if drawn < share:
            return kind
        drawn -= share
    return None


def _score(rng: Random, kind: str, contact: Contact, effect: float) -> int:
    """Agents are good whatever the reason; how easy it was depends on the journey."""
    if kind == "FCR":
        return int(rng.random() > contact.reason.fails)
    if kind == "CSAT":
        return _draw(rng, _CSAT) + 1
    if not contact.reason.hurts:
        return _draw(rng, _EASE_GOOD) + 1
    return _draw(rng, _EASE_BETTER if rng.random() < effect else _EASE_HARD) + 1


def _recommend(rng: Random, *, hurt: bool, effect: float) -> int:
    if hurt:
        return _draw(rng, _RECOMMEND_HURT)
    return _draw(rng, _RECOMMEND_AFTER if rng.random() < effect else _RECOMMEND_BEFORE)


def _draw(rng: Random, weights: tuple[int, ...]) -> int:
    return rng.choices(range(len(weights)), weights)[0]
