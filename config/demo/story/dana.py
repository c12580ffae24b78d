"""Dana: a slow site, a clunky checkout, two weeks late, a fantastic agent. Good service, bad experience."""

from datetime import datetime, timedelta

from config.demo.story.agents import LINKED_AGENT, PHONE_TEAMS
from config.demo.story.answers import SURVEYS
from config.demo.story.plans import Plan
from config.demo.story.purchases import DELIVERY_PROMISE
from config.demo.story.weeks import Weeks

KEY = "dana"
# The last row of the last file to be loaded: once it is there, everything is.
LAST_ANSWER = "A-dana-nps"
_ORDERED_WEEK = 45


class Dana:
    """Her rows in every file."""

    def __init__(self, plan: Plan, weeks: Weeks) -> None:
        self._plan = plan
        self._weeks = weeks
        self._ordered = weeks.week(_ORDERED_WEEK) + timedelta(days=1, hours=19, minutes=42)
        self._called = self._ordered + timedelta(days=15, hours=-7)

    def customer(self) -> dict[str, str]:
        return {
            "external_id": KEY,
            "name": self._plan.words.DANA,
            "email": "dana@example.com",
            "phone": self._plan.words.phone(42),
            "language": self._plan.locale,
            "country": self._plan.countries[0][0],
            "segment": "plus",
            "joined_at": self._weeks.utc(self._weeks.start - timedelta(days=400)),
        }

    def order(self) -> dict[str, str]:
        return {
            "external_id": "O-dana",
            "customer": KEY,
            "ordered_at": self._weeks.utc(self._ordered),
            "amount": "149.00",
            "currency": self._plan.currency,
            "kind": "PURCHASE",
        }

    def events(self) -> list[dict[str, str]]:
        before, late = self._ordered - timedelta(minutes=25), self._ordered + timedelta(days=17)
        return [
            self._event("page", "product-page", before, "FRICTION", "14200"),
            self._event("checkout-1", "checkout", before + timedelta(minutes=9), "FAILED", "181000"),
            self._event("checkout-2", "checkout", before + timedelta(minutes=16), "FAILED", "164000"),
            self._event("checkout-3", "checkout", self._ordered, "FRICTION", "240000"),
            self._event("delivery", "delivery", late, "FAILED", "")
            | {"promise": DELIVERY_PROMISE, "promise_kept": "false"},
        ]

    def interaction(self) -> dict[str, str]:
        ended = self._weeks.utc(self._called + timedelta(seconds=431))
        return {
            "external_id": "I-dana",
            "channel": "PHONE",
            "opened_at": self._weeks.utc(self._called),
            "customer": KEY,
            "direction": "INBOUND",
            "queue": "delivery",
            "agent": LINKED_AGENT,
            "team": PHONE_TEAMS[0],
            "reason": "Delivery/Where is my order",
            "touchpoint": "delivery",
            "priority": "HIGH",
            "wait_seconds": "6",
            "answered": "true",
            "abandoned": "false",
            "handled_by": "HUMAN",
            "resolved_at": ended,
            "closed_at": ended,
            "talk_seconds": "398",
            "hold_seconds": "27",
            "after_call_seconds": "51",
            "transfers": "0",
            "resolved": "true",
            "subject": self._plan.words.DANA_SUBJECT,
            "text": self._plan.words.DANA_TEXT,
            "language": self._plan.locale,
        }

    def answers(self) -> list[dict[str, str]]:
        thanks, words = self._called + timedelta(hours=3), self._plan.words
        contact = {"interaction": "I-dana", "touchpoint": "delivery"}
        return [
            self._answer("A-dana-csat", "CSAT", 5, thanks, words.DANA_THANKS) | contact,
            self._answer("A-dana-ces", "CES_7", 2, thanks, "") | contact,
            self._answer(LAST_ANSWER, "NPS", 3, thanks + timedelta(days=6), words.DANA_RELATION),
        ]

    def handoffs(self, shop: str, logistics: str, policy: str) -> list[dict[str, str]]:
        """Tell that her order went on without a word of what had happened, and her complaint with all of it."""
        hers = {"customer": KEY, "accept_within_seconds": "86400"}
        ordered, called = self._ordered + timedelta(hours=2), self._called + timedelta(minutes=8)
        return [
            {
                **hers,
                "external_id": "H-dana-1",
                "from_department": shop,
                "to_department": logistics,
                "handed_at": self._weeks.utc(ordered),
                "accepted_at": self._weeks.utc(ordered + timedelta(hours=20)),
                "context_passed": "false",
                "question_repeated": "true",
                "promise": DELIVERY_PROMISE,
            },
            {
                **hers,
                "external_id": "H-dana-2",
                "from_department": logistics,
                "to_department": policy,
                "handed_at": self._weeks.utc(called),
                "accepted_at": self._weeks.utc(called + timedelta(hours=1)),
                "context_passed": "true",
                "question_repeated": "false",
                "promise_kept": "true",
                "interaction": "I-dana",
            },
        ]

    def _event(self, part: str, touchpoint: str, local: datetime, outcome: str, duration_ms: str) -> dict[str, str]:
        return {
            "external_id": f"E-dana-{part}",
            "customer": KEY,
            "touchpoint": touchpoint,
            "occurred_at": self._weeks.utc(local),
            "outcome": outcome,
            "duration_ms": duration_ms,
        }

    def _answer(self, key: str, kind: str, score: int, local: datetime, comment: str) -> dict[str, str]:
        return {
            "external_id": key,
            "survey": SURVEYS[kind],
            "kind": kind,
            "score": str(score),
            "answered_at": self._weeks.utc(local),
            "customer": KEY,
            "comment": comment,
            "language": self._plan.locale,
            "sent_at": self._weeks.utc(local - timedelta(hours=2)),
        }
