"""One brand's story as files of the import, in the order they are to be loaded."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from config.demo.story import answers, customers, handoffs, interactions, invited, purchases
from config.demo.story.club import Club
from config.demo.story.contacts import Contact, Contacts
from config.demo.story.dana import Dana
from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks

Rows = Iterable[dict[str, str]]


class Story:
    """A brand's year up to the day before `today`, a date in its zone. The same day tells the same story."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.weeks = Weeks(today, ZoneInfo(plan.time_zone))
        self._plan = plan
        self._customers = customers.Customers(plan, self.weeks)
        self._contacts = Contacts(plan, self.weeks, self._customers)
        self._dana = Dana(plan, self.weeks)

    def customers(self) -> Rows:
        return chain(self._customers.rows(), [self._dana.customer()])

    def orders(self) -> Rows:
        club = Club(self._plan, self.weeks, self._customers)
        return chain(self._purchases().order_rows(), club.order_rows(), [self._dana.order()])

    def touchpoint_events(self) -> Rows:
        return chain(self._purchases().event_rows(), self._dana.events())

    def interactions(self) -> Rows:
        told = interactions.interaction_rows(self._plan, self.weeks, self._contacts)
        return chain(told, [self._dana.interaction()])

    def survey_invitations(self) -> Rows:
        said, unasked = self._said
        told = invited.Invited(self._plan, self.weeks, self._customers)
        return told.rows(chain(said, self._dana.answers()), unasked)

    def survey_responses(self) -> Rows:
        return chain(self._said[0], self._dana.answers())

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield each kind and its CSV in pieces; the survey responses, with Dana's last, come last."""
        yield "customers", _csv(customers.COLUMNS, self.customers())
        yield "orders", _csv(purchases.ORDER_COLUMNS, self.orders())
        yield "touchpoint-events", _csv(purchases.EVENT_COLUMNS, self.touchpoint_events())
        yield "interactions", _csv(interactions.COLUMNS, self.interactions())
        yield "survey-invitations", _csv(invited.COLUMNS, self.survey_invitations())
        yield "survey-responses", _csv(answers.COLUMNS, self.survey_responses())

    def handoffs(self) -> tuple[str, Iterator[bytes]]:
        """Return their kind and CSV: loaded once the departments are there, which no import makes well."""
        told = handoffs.Handoffs(self._plan, self.weeks, self._purchases(), self._dana)
        return "handoffs", _csv(handoffs.COLUMNS, told.rows())

    @cached_property
    def _said(self) -> tuple[list[dict[str, str]], list[Contact]]:
        """All answers, and the contacts without: both files go by them, and contacts take long to tell."""
        told = answers.Answers(self._plan, self.weeks, self._customers, self._contacts)
        return list(told.rows()), told.unasked

    def _purchases(self) -> purchases.Purchases:
        return purchases.Purchases(self._plan, self.weeks, self._customers)


def _csv(columns: Sequence[str], rows: Rows) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        if text.tell() > 2**18:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
