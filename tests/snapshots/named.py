"""What the examples of the docs name, made in a brand's world, and its ids in place of those that docs make up."""

import base64
import re
from datetime import UTC, datetime
from typing import Any

from apps.customers.models import Customer
from apps.interactions.models import Case
from apps.journeys.models import (
    BrandPromise,
    Department,
    Journey,
    JourneyStage,
    JourneyVersion,
    Placement,
    Touchpoint,
)
from apps.surveys.models import Survey, SurveyVersion
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.insights.outreach import made as outreaching
from tests.interactions.cases import stored
from tests.interactions.working import rows
from tests.isolation.api.asking import ids_of_nodes

_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
# Of `Type:key`; docs may break one off.
_ID = re.compile(r"[A-Za-z0-9+/]{8,}=*…?")
# Which examples take variables that no JSON below them gives.
UNSHOWN = {"docs/experience.md 4": {"version": "Sm91cm5leVZlcnNpb246MDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx"}}


def ids_by_type(brand: BrandRef) -> dict[str, list[str]]:
    """List the ids of everything in the brand's world, the oldest first."""
    found: dict[str, list[str]] = {}
    for kind, identity in sorted(ids_of_nodes(brand), key=lambda each: base64.b64decode(each[1])):
        found.setdefault(kind, []).append(identity)
    return found


def furnish(brand: BrandRef) -> dict[str, list[str]]:
    """Make what the docs name; return the ids by type, in the order in which docs number them, from 0."""
    ids = ids_by_type(brand)
    with brand_tx(brand):
        made = {**_journey(), **_survey(), **_rule(), **_waiting(), **_people(), **_cases()}
    return ids | {kind: [global_id(kind, each.pk) for each in objects] for kind, objects in made.items()}


def filled(text: str, ids: dict[str, list[str]]) -> str:
    """Put ids that are there in place of made-up ones: of the type, the one of the number they end with."""
    return _ID.sub(lambda found: _stand_in(found[0], ids) or found[0], text)


def _stand_in(text: str, ids: dict[str, list[str]]) -> str | None:
    bare = text.rstrip("…=")
    try:
        kind, _, key = base64.b64decode(bare + "=" * (-len(bare) % 4)).decode().partition(":")
    except ValueError:
        return None
    known = ids.get(kind, [])
    return known[int(key[-1:] or "0", 16) % len(known)] if known else None


def _journey() -> dict[str, list[Any]]:
    """Make the journey of buying, in force and as a draft, and promises of departments."""
    checkout = Touchpoint.objects.create(key="checkout")
    Touchpoint.objects.create(key="returns")
    owner = Department.objects.create(key="policy", name="Policy", created_at=_SINCE)
    for key in ("Customer policy", "Logistics"):
        Department.objects.create(key=key, name=key, created_at=_SINCE)
    BrandPromise.objects.create(
        key="returns-in-plain-words", text="In plain words", criterion="BY_HAND", maker=owner, created_at=_SINCE
    )
    journey = Journey.objects.create(key="buying", name="Buying", created_at=_SINCE)
    force = JourneyVersion.objects.create(
        journey=journey, number=1, state="PUBLISHED", effective_from=_SINCE, created_at=_SINCE, published_at=_SINCE
    )
    stage = JourneyStage.objects.create(version=force, position=0, key="PURCHASE", kind="PURCHASE", name="Buying")
    Placement.objects.create(
        version=force, stage=stage, position=0, touchpoint=checkout, name="Checkout", channel="WEB", owner=owner,
        is_moment_of_truth=True, weight=100,
    )  # fmt: skip
    draft = JourneyVersion.objects.create(journey=journey, number=2, state="DRAFT", created_at=_SINCE)
    return {"JourneyVersion": [draft, force]}


def _survey() -> dict[str, list[Any]]:
    Survey.objects.create(key="nps-relational", kind="NPS", scope="RELATIONAL")
    asked = Survey.objects.create(key="satisfaction", kind="CSAT", scope="TRANSACTIONAL")
    draft = SurveyVersion.objects.create(
        survey=asked, number=1, state="DRAFT", default_language="en", created_at=_SINCE
    )
    return {"SurveyVersion": [draft]}


def _rule() -> dict[str, list[Any]]:
    """Make a rule that may be approved."""
    outreaching.listen()
    return {"ProactiveRule": [outreaching.rule("late", "DRAFT")]}


def _waiting() -> dict[str, list[Any]]:
    """Make a contact that waits, and whoever may take it."""
    rows.contact("waiting", rows.queue("waited in"))
    return {"Agent": [rows.agent("free")]}


def _people() -> dict[str, list[Any]]:
    """Make two who may be merged, as none may of whom one is being forgotten."""
    return {"Customer": [Customer.objects.create(external_id=name) for name in ("ann", "bob")]}


def _cases() -> dict[str, list[Any]]:
    """Make two of one customer, about the same."""
    contacts = [stored.contact(name, days) for name, days in (("1", 0), ("2", 30))]
    stored.join_all()
    return {"Case": [Case.objects.get(pk=stored.case_of(contact)) for contact in contacts]}
