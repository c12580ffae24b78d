"""Working on contacts through the API: what each mutation answers with, to whom, and how it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions.models import InteractionEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.interactions.working import rows

SOON = (timezone.now() + timedelta(days=1)).isoformat()


def step(asker: Asker, name: str, **given: Any) -> Any:
    """Do something with a contact; return how it stands then."""
    kind = f"{name[0].upper()}{name[1:]}Input!"
    selected = "interaction { externalId work { state agent { key } queue { key } } } userErrors { code field message }"
    answer = asker.ask(f"mutation($input: {kind}) {{ {name}(input: $input) {{ {selected} }} }}", {"input": given})
    return codes(answer) or answer["data"][name]


@pytest.fixture
def ids(db: None, acme: BrandRef) -> dict[str, str]:
    with brand_tx(acme):
        made = {
            "chat": rows.queue("chat"), "mail": rows.queue("mail"), "one": rows.contact("one"),
            "ann": rows.agent("ann"), "bob": rows.agent("bob"),
        }  # fmt: skip
    return {name: global_id(type(row).__name__, row.id) for name, row in made.items()}


def stands(payload: dict[str, Any]) -> tuple[str, str | None, str]:
    assert payload["userErrors"] == []
    work = payload["interaction"]["work"]
    return work["state"], work["agent"] and work["agent"]["key"], work["queue"]["key"]


def test_a_contact_goes_its_way(admin: Asker, ids: dict[str, str]) -> None:
    one = {"interaction": ids["one"]}

    assert stands(step(admin, "enqueueInteraction", **one, queue=ids["chat"], priority="HIGH")) == (
        "QUEUED",
        None,
        "chat",
    )
    assert stands(step(admin, "takeNextInteraction", agent=ids["ann"])) == ("ACTIVE", "ann", "chat")
    assert stands(step(admin, "holdInteraction", **one)) == ("HELD", "ann", "chat")
    assert stands(step(admin, "resumeInteraction", **one)) == ("ACTIVE", "ann", "chat")
    assert stands(step(admin, "transferInteraction", **one, kind="BLIND", queue=ids["mail"])) == (
        "QUEUED",
        None,
        "mail",
    )
    assert stands(step(admin, "assignInteraction", **one, agent=ids["bob"])) == ("ACTIVE", "bob", "mail")
    assert stands(step(admin, "endInteraction", **one)) == ("WRAP_UP", "bob", "mail")
    assert stands(step(admin, "snoozeInteraction", **one, until=SOON)) == ("SNOOZED", "bob", "mail")
    resolved = step(admin, "resolveInteraction", **one, resolution="refunded")
    assert resolved == {"interaction": {"externalId": "one", "work": None}, "userErrors": []}
    assert stands(step(admin, "reopenInteraction", **one)) == ("QUEUED", None, "mail")


def test_there_may_be_nothing_to_take(admin: Asker, ids: dict[str, str]) -> None:
    assert step(admin, "takeNextInteraction", agent=ids["ann"]) == {"interaction": None, "userErrors": []}


def test_what_is_impossible_is_a_conflict_that_names_the_state(
    admin: Asker, acme: BrandRef, ids: dict[str, str]
) -> None:
    step(admin, "enqueueInteraction", interaction=ids["one"], queue=ids["chat"])
    with brand_tx(acme):
        before = InteractionEvent.objects.count()

    refused = step(admin, "holdInteraction", interaction=ids["one"])

    assert refused == {
        "interaction": None,
        "userErrors": [
            {
                "code": "CONFLICT",
                "field": "interaction",
                "message": "The interaction is QUEUED; to be put on hold it must be one of ACTIVE.",
            }
        ],
    }
    with brand_tx(acme):
        assert InteractionEvent.objects.count() == before


def test_an_agent_works_on_its_own_and_no_longer_sees_what_it_handed_on(
    asker: MakeAsker, admin: Asker, acme: BrandRef, ids: dict[str, str]
) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        rows.agent("me", member_id=me.member_id)
    one = {"interaction": ids["one"]}
    assert step(me, "enqueueInteraction", **one, queue=ids["chat"]) == ["NOT_FOUND"]
    step(admin, "enqueueInteraction", **one, queue=ids["chat"])

    assert stands(step(me, "takeNextInteraction")) == ("ACTIVE", "me", "chat")
    handed_on = step(me, "transferInteraction", **one, kind="CONSULT", agent=ids["ann"])

    assert handed_on == {"interaction": None, "userErrors": []}
    assert step(me, "holdInteraction", **one) == ["NOT_FOUND"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_record_does_nothing_with_contacts(asker: MakeAsker, ids: dict[str, str], role: Role) -> None:
    reader = asker(role)

    assert step(reader, "enqueueInteraction", interaction=ids["one"], queue=ids["chat"]) == ["FORBIDDEN"]
    assert step(reader, "takeNextInteraction", agent=ids["ann"]) == ["FORBIDDEN"]


def test_a_repeated_key_takes_one_contact(admin: Asker, acme: BrandRef, ids: dict[str, str]) -> None:
    with brand_tx(acme):
        for number in range(3):
            rows.contact(f"{number}", rows.Queue.objects.get(key="chat"))
    take = "mutation($input: TakeNextInteractionInput!) { takeNextInteraction(input: $input) { interaction { id } } }"

    first, second = (
        admin.bytes_of(take, {"input": {"agent": ids["ann"]}}, **{"idempotency-key": "take-1"}) for _ in range(2)
    )

    assert first == second
    with brand_tx(acme):
        assert [state for state, _ in rows.work().values()].count("ACTIVE") == 1
