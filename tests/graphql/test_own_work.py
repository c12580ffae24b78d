"""What somebody who sees only its own work may record: that, and nothing by which it would come to see more."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Interaction
from apps.surveys.models import SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker
from tests.graphql.rows import Survey, agent, answer_to, customer, interaction
from tests.graphql.test_mutations import RECORD_CUSTOMER, RECORD_INTERACTION, RECORD_RESPONSE

CONTACT = {"channel": "PHONE", "openedAt": "2026-03-02T09:00:00Z"}
ANSWER = {"survey": "s", "kind": "CSAT", "score": 5, "answeredAt": "2026-03-02T10:00:00Z"}


@pytest.fixture
def me(asker: MakeAsker, acme: BrandRef) -> Asker:
    """The agent `me`: handled `mine`, of Ann; `theirs`, of Ann too, and `bobs` are another's."""
    made = asker(Role.AGENT)
    with brand_tx(acme):
        mine, other = agent("me", made.member_id), agent("other")
        ann, bob = customer("ann", name="Ann"), customer("bob", name="Bob", email="bob@example.com")
        survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
        for name, who, whose in (("mine", mine, ann), ("theirs", other, ann), ("bobs", other, bob)):
            interaction(name, agent=who, customer=whose, subject=name)
            answer_to(survey, f"about-{name}", 1, customer=whose, interaction_external_id=name)
    return made


@pytest.fixture
def stored(acme: BrandRef) -> Callable[[], Any]:
    def read() -> Any:
        with brand_tx(acme):
            return [list(model.objects.order_by("pk").values()) for model in (Customer, Interaction, SurveyResponse)]

    return read


@pytest.mark.parametrize(
    ("mutation", "given", "field"),
    [
        (RECORD_CUSTOMER, {"externalId": "bob", "name": "Rob"}, "externalId"),
        (RECORD_CUSTOMER, {"externalId": " bob "}, "externalId"),
        (RECORD_CUSTOMER, {"externalId": "bob", "joinedAt": "2026-01-01T00:00:00Z", "version": 1}, "externalId"),
        (RECORD_INTERACTION, {"externalId": "new", **CONTACT, "agent": "me", "customer": "bob"}, "customer"),
        (RECORD_INTERACTION, {"externalId": "new", **CONTACT, "customer": " bob "}, "customer"),
        (RECORD_INTERACTION, {"externalId": "new", **CONTACT, "agent": "other"}, "agent"),
        (RECORD_INTERACTION, {"externalId": "new", **CONTACT, "agent": None}, "agent"),
        (RECORD_INTERACTION, {"externalId": "theirs", **CONTACT}, "externalId"),
        (RECORD_INTERACTION, {"externalId": "theirs", **CONTACT, "agent": "other", "subject": "theirs"}, "externalId"),
        (RECORD_INTERACTION, {"externalId": "mine", **CONTACT, "agent": "other"}, "agent"),
        (RECORD_INTERACTION, {"externalId": "mine", **CONTACT, "agent": None}, "agent"),
        (RECORD_INTERACTION, {"externalId": "mine", **CONTACT, "customer": "bob"}, "customer"),
        (RECORD_RESPONSE, {**ANSWER, "externalId": "about-theirs"}, "externalId"),
        (RECORD_RESPONSE, {**ANSWER, "externalId": "about-bobs", "interaction": "mine"}, "externalId"),
        (RECORD_RESPONSE, {**ANSWER, "interaction": "theirs"}, "interaction"),
        (RECORD_RESPONSE, {**ANSWER, "interaction": "theirs", "customer": "ann"}, "interaction"),
        (RECORD_RESPONSE, {**ANSWER, "interaction": "unknown"}, "interaction"),
        (RECORD_RESPONSE, ANSWER, "interaction"),
        (RECORD_RESPONSE, {**ANSWER, "customer": "bob"}, "customer"),
        (RECORD_RESPONSE, {**ANSWER, "customer": "unknown"}, "customer"),
        (RECORD_RESPONSE, {**ANSWER, "externalId": "about-mine", "interaction": "theirs"}, "interaction"),
        (RECORD_RESPONSE, {**ANSWER, "externalId": "about-mine", "interaction": None}, "interaction"),
        (RECORD_RESPONSE, {**ANSWER, "externalId": "about-mine", "customer": "bob"}, "customer"),
    ],
)  # fmt: skip
def test_what_is_not_its_own_is_forbidden_and_nothing_is_written(
    me: Asker, stored: Callable[[], Any], mutation: str, given: dict[str, Any], field: str
) -> None:
    before = stored()

    answer = me.ask(mutation, {"input": given})

    assert [*answer["data"].values()] == [None]
    assert [error["extensions"] for error in answer["errors"]] == [{"code": "FORBIDDEN", "field": field}]
    assert "bob" not in str(answer["errors"]).lower()
    assert stored() == before


def test_a_customer_it_does_not_serve_stays_unseen_after_it_tried(me: Asker) -> None:
    me.ask(RECORD_INTERACTION, {"input": {"externalId": "new", **CONTACT, "agent": "me", "customer": "bob"}})

    assert me.data("{ customers { nodes { externalId } } }") == {"customers": {"nodes": [{"externalId": "ann"}]}}


def test_its_interaction_is_its_own_whether_it_says_so_or_not(me: Asker) -> None:
    for given in ({"agent": "me"}, {}):
        data = me.data(RECORD_INTERACTION, {"input": {"externalId": "new", **CONTACT, **given, "customer": "ann"}})

        made = data["recordInteraction"]["interaction"]
        assert (made["agent"], made["customer"]) == ({"key": "me"}, {"externalId": "ann"})


def test_it_changes_its_own_interaction_and_serves_whom_nobody_knew(me: Asker) -> None:
    changed = me.data(RECORD_INTERACTION, {"input": {"externalId": "mine", **CONTACT, "subject": "again"}})
    made = me.data(RECORD_INTERACTION, {"input": {"externalId": "new", **CONTACT, "customer": "carl"}})
    named = me.data(RECORD_CUSTOMER, {"input": {"externalId": "carl", "name": "Carl"}})

    assert changed["recordInteraction"]["interaction"]["subject"] == "again"
    assert made["recordInteraction"]["interaction"]["customer"] == {"externalId": "carl"}
    assert named["recordCustomer"]["customer"]["name"] == "Carl"


def test_it_changes_a_customer_it_serves_and_makes_one_nobody_knew(me: Asker, stored: Callable[[], Any]) -> None:
    changed = me.data(RECORD_CUSTOMER, {"input": {"externalId": "ann", "name": "Anna"}})
    made = me.data(RECORD_CUSTOMER, {"input": {"externalId": "carl", "name": "Carl"}})

    assert changed["recordCustomer"]["customer"]["name"] == "Anna"
    assert made["recordCustomer"] == {"customer": None, "userErrors": []}
    assert [row["name"] for row in stored()[0]] == ["Anna", "Bob", "Carl"]


def test_it_records_answers_about_its_own_work(me: Asker, stored: Callable[[], Any]) -> None:
    changed = me.data(RECORD_RESPONSE, {"input": {**ANSWER, "externalId": "about-mine", "comment": "good"}})
    about = me.data(RECORD_RESPONSE, {"input": {**ANSWER, "interaction": "mine"}})
    of_ann = me.data(RECORD_RESPONSE, {"input": {**ANSWER, "customer": "ann"}})

    assert changed["recordSurveyResponse"]["surveyResponse"]["comment"] == "good"
    assert about["recordSurveyResponse"]["surveyResponse"]["interaction"] == {"externalId": "mine"}
    assert of_ann["recordSurveyResponse"] == {"surveyResponse": None, "userErrors": []}
    assert len(stored()[2]) == 5


def test_whoever_is_no_agent_of_the_brand_records_no_interaction(asker: MakeAsker, stored: Callable[[], Any]) -> None:
    answer = asker(Role.AGENT).ask(RECORD_INTERACTION, {"input": {"externalId": "new", **CONTACT}})

    assert [error["extensions"] for error in answer["errors"]] == [{"code": "FORBIDDEN", "field": "agent"}]
    assert stored() == [[], [], []]


def test_whoever_sees_everything_records_anybodys_work(me: Asker, admin: Asker) -> None:
    data = admin.data(RECORD_INTERACTION, {"input": {"externalId": "mine", **CONTACT, "agent": "other"}})

    assert data["recordInteraction"]["interaction"]["agent"] == {"key": "other"}
    assert me.data("{ interactions { totalCount } }") == {"interactions": {"totalCount": 0}}
