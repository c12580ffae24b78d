"""Every mutation of the schema leaves exactly one row, from the day it is born; one that was refused leaves none.

And every one is carried out once under its Idempotency-Key: sent again, it is answered with the same bytes.
"""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.journeys.models import Friction, Touchpoint
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import root_fields
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.audit.conftest import trail
from tests.audit.given import GIVEN, OFFICE_HOURS, OLD_PROMISE
from tests.customers import made as people
from tests.graphql.conftest import Asker, MakeAsker
from tests.insights.outreach import made as outreaching
from tests.interactions.cases import stored
from tests.interactions.working import rows
from tests.journeys import mapped, promised
from tests.surveys import authored, closed_loop
from tests.surveys.campaigns import asked
from tests.surveys.feedback.said import of_themes

MUTATIONS = {field.name: field.plane for field in root_fields(served_schema().core) if field.operation == "mutation"}
# Who makes more of what mutations are about.
MAKERS = {**dict.fromkeys(mapped.MADE, mapped.made_id), **dict.fromkeys(authored.MADE, authored.made_id)}
# How what a mutation is about is made: its id is the first in the answer.
MADE: dict[str, tuple[str, dict[str, Any]]] = {
    "media reference": (
        "mutation($input: RecordMediaReferenceInput!) { recordMediaReference(input: $input) "
        "{ mediaReference { id } } }",
        {"input": {"interaction": "i", "kind": "RECORDING", "at": "2026-03-02T10:00:00Z", "url": "https://a.example"}},
    ),
    "customer": ('mutation { recordCustomer(input: {externalId: "c"}) { customer { id } } }', {}),
    "goal": (
        "mutation($input: SetGoalInput!) { setGoal(input: $input) { goal { id } } }",
        {"input": GIVEN["setGoal"]},
    ),
    "reason": ('mutation { createReason(input: {name: "Old"}) { reason { id } } }', {}),
    "other reason": ('mutation { createReason(input: {name: "Other"}) { reason { id } } }', {}),
    "touchpoint": (
        "mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) "
        "{ interaction { touchpoint { id } } } }",
        {"input": {"externalId": "i", "channel": "PHONE", "openedAt": "2026-03-02T10:00:00Z", "touchpoint": "app"}},
    ),
}


@pytest.fixture
def provider(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> Asker:
    member = asker(Role.PROVIDER_ADMIN, brands=(acme, globex))
    member.brand = "acme"
    return member


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def filled(name: str, provider: Asker, globex: BrandRef) -> dict[str, Any]:
    """Return the mutation's input, with the ids of what it is about: a brand in the right status, or what is made."""
    given = closed_loop.about(name, people.filled(GIVEN[name], provider) | promised.about(name))
    given = of_themes(given) if name.endswith(("Theme", "Themes")) or name == "moveFeedback" else given
    given = _of_a_friction(given) if name.endswith("Friction") else given
    given = outreaching.filled(asked.filled(given))
    states = ("unqueued", "queued", "active", "held", "resolved")
    if any(value in ("queue", "agent", *states) for value in given.values()):
        worked_on = _worked_on(given.get("interaction", "queued"))
        given |= {field: worked_on.get(value, value) for field, value in given.items() if isinstance(value, str)}
    if name in ("mergeCases", "splitCase", "moveInteraction", "releaseCase"):
        return _of_cases(given, decided=name == "releaseCase")
    for field, kind in given.items():
        if kind == ["reason"]:
            given[field] = [made_id("reason", provider)]
        elif isinstance(kind, str) and kind in MADE:
            given[field] = made_id(kind, provider)
        elif isinstance(kind, str) and kind in MAKERS:
            given[field] = MAKERS[kind](kind, provider)
    if name == "unlinkReasonFromTouchpoint":
        send("linkReasonToTouchpoint", given, provider)
    if name == "createPromise":
        mapped.department(provider)
    kind, _, status = str(given.get("id", "")).partition(":")
    if kind == "brand":
        with shared_tx():
            Brand.objects.filter(pk=globex.id).update(status=status)
        given["id"] = global_id("Brand", globex.id)
    elif kind == "key":
        made = provider.data('mutation { createApiKey(input: {name: "old"}) { apiKey { id } } }')
        given["id"] = made["createApiKey"]["apiKey"]["id"]
    elif kind == "calendar":
        make = "mutation($input: CreateCalendarInput!) { createCalendar(input: $input) { calendar { id } } }"
        made = provider.data(make, {"input": {"key": "old", **OFFICE_HOURS}})
        given["id"] = made["createCalendar"]["calendar"]["id"]
    elif kind == "policy":
        make = "mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { policy { id } } }"
        made = provider.data(make, {"input": OLD_PROMISE})
        given["id"] = made["createSlaPolicy"]["policy"]["id"]
    return given


def _worked_on(state: str) -> dict[str, str]:
    """Make a queue, an available agent and a contact that stands so; return their ids, the contact's by its state."""
    with brand_tx(cluster.ACME):
        where, ann = rows.queue("old"), rows.agent("old")
        made = rows.contact("old", None if state == "unqueued" else where)
        if state in ("active", "held", "resolved"):
            rows.take(ann)
        about = {"actor": rows.viewer(), "interaction_id": made.id, "now": rows.at(2)}
        if state == "held":
            commands.hold_interaction(**about)
        if state == "resolved":
            commands.resolve_interaction(**about)
    return {
        "queue": global_id("Queue", where.id),
        "agent": global_id("Agent", ann.id),
        state: global_id("Interaction", made.id),
        "tomorrow": (timezone.now() + timedelta(days=1)).isoformat(),
    }


def _of_cases(given: dict[str, Any], *, decided: bool) -> dict[str, Any]:
    """Make two cases of one customer, the first of two contacts; put their ids in. `decided`: it was split by hand."""
    with brand_tx(cluster.ACME):
        first, second, later = (stored.contact(name, days) for name, days in (("1", 0), ("2", 1), ("3", 30)))
        stored.join_all()
        ids = {
            "case": global_id("Case", stored.case_of(first)),
            "other case": global_id("Case", stored.case_of(later)),
            "first": global_id("Interaction", first.pk),
            "second": global_id("Interaction", second.pk),
        }
        if decided:
            commands.split_case(
                actor=rows.viewer(), case_id=stored.case_of(first), interaction_ids=[second.pk], now=rows.START
            )
    return {
        field: [ids[each] for each in value] if isinstance(value, list) else ids[value]
        for field, value in given.items()
    }


def _of_a_friction(given: dict[str, Any]) -> dict[str, Any]:
    """Make a touchpoint, and put in the id of a friction there that stands as the input's id says, if it has one."""
    with brand_tx(cluster.ACME):
        at = Touchpoint.objects.create(key="checkout")
        if "id" not in given:
            return dict(given)
        told = {"title": "Slow", "category": "PROCESS", "severity": "LOW", "status": given["id"]}
        times = dict.fromkeys(("status_since", "created_at", "updated_at"), rows.START)
        made = Friction.objects.create(touchpoint=at, rule="REPORTED", **told, **times)
    return given | {"id": global_id("Friction", made.pk)}


def made_id(kind: str, provider: Asker) -> str:
    """Make what a mutation is about; return its id."""
    found = provider.data(*MADE[kind])
    while "id" not in found:
        found = next(iter(found.values()))
    identity: str = found["id"]
    return identity


def send(name: str, given: dict[str, Any], provider: Asker) -> Any:
    return orjson.loads(sent(name, given, provider).content)


def sent(name: str, given: dict[str, Any], provider: Asker, **headers: str) -> Any:
    kind = f"{name[0].upper()}{name[1:]}Input!"
    document = f"mutation ($input: {kind}) {{ {name}(input: $input) {{ userErrors {{ code message }} }} }}"
    return provider.post(orjson.dumps({"query": document, "variables": {"input": given}}), **headers)


def changes(brand: BrandRef | None) -> list[Any]:
    return [event for event in trail(brand) if event.action != "access"]


def test_every_mutation_is_tried() -> None:
    assert set(GIVEN) == set(MUTATIONS)


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_mutation_sent_twice_with_one_key_leaves_one_row_under_its_own_name(
    provider: Asker, acme: BrandRef, globex: BrandRef, name: str
) -> None:
    given = filled(name, provider, globex)
    plane = acme if MUTATIONS[name] is Plane.BRAND else None
    before = len(changes(plane))

    first, again = (sent(name, given, provider, **{"idempotency-key": "k"}) for _ in range(2))

    answer = orjson.loads(first.content)
    assert ("errors" in answer, answer["data"]) == (False, {name: {"userErrors": []}})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (first.get("Idempotency-Replayed"), again.get("Idempotency-Replayed")) == (None, "true")
    (event,) = changes(plane)[before:]
    assert (event.action, event.actor_id, event.actor_role) == (snake(name), provider.member_id, "PROVIDER_ADMIN")
    assert event.object_id
    assert event.after


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_mutation_that_is_refused_leaves_no_row(
    provider: Asker, asker: MakeAsker, acme: BrandRef, globex: BrandRef, name: str
) -> None:
    given = filled(name, provider, globex)
    viewer = asker(Role.VIEWER)
    before = len(changes(acme)), len(changes(None))

    answer = send(name, given, viewer)

    assert answer["data"] == {name: None}
    assert (len(changes(acme)), len(changes(None))) == before
