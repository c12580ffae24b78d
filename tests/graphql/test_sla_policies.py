"""Service-level policies through the API: promised, revised, retired, refused; and whose contact is whose."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions.models import SlaPolicy, SlaPolicyVersion
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.promised import (
    CREATE,
    HOUR,
    PROMISED,
    REPLY,
    RETIRE,
    REVISE,
    contact,
    promise,
    targets,
)
from tests.graphql.test_calendars import make as make_calendar


def test_a_policy_says_what_it_was_told(admin: Asker) -> None:
    make_calendar(admin)
    office = admin.data("{ calendars { nodes { id } } }")["calendars"]["nodes"][0]["id"]
    said = {
        "rank": 3, "channels": ["EMAIL", "CHAT"], "priorities": ["NORMAL"], "queues": ["sales"], "segments": ["gold"],
        "targets": [{**REPLY, "business": True}],
    }  # fmt: skip

    made = admin.data(CREATE, {"input": {"key": " mail ", "name": "Mail", **PROMISED, **said, "calendarId": office}})

    policy = made["createSlaPolicy"]["policy"]
    assert (policy["key"], policy["name"], policy["retiredAt"]) == ("mail", "Mail", None)
    assert policy["versions"]["nodes"] == [
        {"number": 1, "effectiveFrom": "2026-01-01T00:00:00+00:00", "calendar": {"key": "office"}, **said}
    ]


def test_the_first_policy_that_fits_is_a_contacts_own(admin: Asker, acme: BrandRef) -> None:
    promise(admin, "all", rank=9)
    promise(
        admin, "sales", rank=1, queues=["sales"], targets=[{**REPLY, "seconds": [HOUR[1], {**HOUR[0], "seconds": 60}]}]
    )
    contact(admin, "sales", queue="sales")
    contact(admin, "other", "2026-03-02T09:30:00Z", queue="support")

    assert targets(admin, acme, "targetSeconds") == {"sales": [(60,)], "other": [(3_600,)]}
    shown = admin.data("{ slas { nodes { interaction { externalId } version { policy { key } } } } }")["slas"]["nodes"]
    assert {node["interaction"]["externalId"]: node["version"]["policy"]["key"] for node in shown} == {
        "sales": "sales",
        "other": "all",
    }


def test_a_revision_is_for_contacts_opened_from_then_on(admin: Asker, acme: BrandRef) -> None:
    policy = promise(admin)
    contact(admin, "before", "2026-03-01T09:00:00Z")
    contact(admin, "after", "2026-03-02T09:00:00Z")
    longer = {"rank": 1, "targets": [{**REPLY, "seconds": [{"priority": "NORMAL", "seconds": 7_200}]}]}
    given = {"id": policy, "effectiveFrom": "2026-03-02T00:00:00Z", **longer}

    revised = admin.data(REVISE, {"input": given})["reviseSlaPolicy"]
    again = admin.data(REVISE, {"input": {**given, "effectiveFrom": "2026-02-01T00:00:00Z"}})["reviseSlaPolicy"]

    assert revised["policy"]["versions"]["nodes"] == [{"number": 2}, {"number": 1}]
    assert again["userErrors"] == [{"code": "CONFLICT", "field": "effectiveFrom"}]
    assert targets(admin, acme, "targetSeconds") == {"before": [(3_600,)], "after": [(7_200,)]}


def test_a_retired_policy_keeps_what_it_promised_and_promises_no_more(admin: Asker, acme: BrandRef) -> None:
    policy = promise(admin)
    contact(admin, "before")

    retired = admin.data(RETIRE, {"input": {"id": policy}})["retireSlaPolicy"]["policy"]
    contact(admin, "after", (timezone.now() + timedelta(hours=1)).isoformat())

    assert retired["retiredAt"] is not None
    assert {name: len(found) for name, found in targets(admin, acme, "state").items()} == {"before": 1, "after": 0}
    refused = admin.data(REVISE, {"input": {"id": policy, **PROMISED}})["reviseSlaPolicy"]
    assert refused["userErrors"] == [{"code": "CONFLICT", "field": "id"}]


REFUSED = {
    "no key": ({"key": " "}, "BAD_USER_INPUT", "key"),
    "a rank too high": ({"rank": 1_001}, "BAD_USER_INPUT", "rank"),
    "no targets": ({"targets": []}, "BAD_USER_INPUT", "targets"),
    "a measure twice": ({"targets": [REPLY, REPLY]}, "BAD_USER_INPUT", "targets.1.measure"),
    "a priority twice": ({"targets": [{**REPLY, "seconds": HOUR[:1] * 2}]}, "BAD_USER_INPUT", "targets.0.seconds"),
    "no seconds": ({"targets": [{**REPLY, "seconds": []}]}, "BAD_USER_INPUT", "targets.0"),
    "no time": (
        {"targets": [{**REPLY, "seconds": [{"priority": "LOW", "seconds": 0}]}]}, "BAD_USER_INPUT", "targets.0.low",
    ),
    "business time of no calendar": ({"targets": [{**REPLY, "business": True}]}, "BAD_USER_INPUT", "calendarId"),
    "a queue without a name": ({"queues": [""]}, "BAD_USER_INPUT", "queues"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "code", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_promises_nothing_is_refused_by_the_field_at_fault(
    admin: Asker, acme: BrandRef, given: dict[str, Any], code: str, field: str
) -> None:
    answer = admin.data(CREATE, {"input": {"key": "mail", **PROMISED, **given}})["createSlaPolicy"]

    assert answer["policy"] is None
    assert answer["userErrors"] == [{"code": code, "field": field}]
    with brand_tx(acme):
        assert (SlaPolicy.objects.count(), SlaPolicyVersion.objects.count()) == (0, 0)


def test_a_key_is_no_other_policys(admin: Asker) -> None:
    promise(admin)

    answer = admin.data(CREATE, {"input": {"key": "mail", **PROMISED}})["createSlaPolicy"]

    assert answer["userErrors"] == [{"code": "CONFLICT", "field": "key"}]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_configure_changes_no_policy(asker: MakeAsker, admin: Asker, role: Role) -> None:
    policy, reader = promise(admin), asker(role)
    attempts = [(CREATE, {"key": "mine", **PROMISED}), (REVISE, {"id": policy, **PROMISED}), (RETIRE, {"id": policy})]

    refusals = [codes(reader.ask(mutation, {"input": given})) for mutation, given in attempts]

    assert refusals == [["FORBIDDEN"]] * 3
    assert reader.data("{ slaPolicies { nodes { key retiredAt } } }")["slaPolicies"]["nodes"] == [
        {"key": "mail", "retiredAt": None}
    ]
