"""The inbox: made of answers and contacts, or recorded; it follows what it was made of, and forgets with it."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import Customer
from apps.surveys.models import FeedbackItem
from cxplatform.dirty.models import DirtyMark
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.interactions.working.rows import viewer
from tests.surveys.feedback.said import AT, BAD, GOOD, NOW, comment, contact, work

pytestmark = pytest.mark.django_db
RECORD = """mutation($input: RecordFeedbackInput!) { recordFeedback(input: $input) {
  feedback { externalId kind text customer { externalId } } userErrors { code field } } }"""
TOLD = {"kind": "SOCIAL", "text": GOOD, "occurredAt": AT, "externalId": "post-1", "customer": "ana"}


def kept(brand: BrandRef, *names: str) -> list[Any]:
    with brand_tx(brand):
        return list(FeedbackItem.objects.order_by("kind", "occurred_at", "id").values_list(*names))


def test_words_of_answers_and_contacts_are_read_back_enriched_by_themselves_and_by_what_they_were_said_in(
    admin: Asker, acme: BrandRef
) -> None:
    comment(acme, BAD, customer="ana", interaction="i-1")
    contact(acme, GOOD, customer="ana")
    contact(acme, "Guten Tag, mein Paket ist leider noch immer nicht angekommen", "i-2", channel="MESSAGING")
    contact(acme, None, "i-3")
    contact(acme, "We have good news for you", "i-4", direction="OUTBOUND")

    work(acme)

    told = admin.data(
        """{ feedback(orderBy: [{field: CREATED_AT}]) { nodes { kind text label detectedLanguage model } }
             bad: feedback(where: {label: {oneOf: [VERY_NEGATIVE]}, text: {contains: "broken"},
               customer: {externalId: {eq: "ana"}}}) { nodes { kind surveyResponse { score } } }
             customers { nodes { feedback { nodes { kind } } } }
             interactions(where: {externalId: {eq: "i-1"}}) { nodes { feedback { kind } } }
             surveyResponses { nodes { feedback { kind } } } }"""
    )
    assert sorted(told["feedback"]["nodes"], key=lambda node: node["kind"]) == [
        {"kind": "CHAT", "text": "Guten Tag, mein Paket ist leider noch immer nicht angekommen", "label": None,
         "detectedLanguage": "de", "model": "vader"},
        {"kind": "EMAIL", "text": GOOD, "label": "VERY_POSITIVE", "detectedLanguage": "en", "model": "vader"},
        {"kind": "SURVEY", "text": BAD, "label": "VERY_NEGATIVE", "detectedLanguage": "en", "model": "vader"},
    ]  # fmt: skip
    assert told["bad"] == {"nodes": [{"kind": "SURVEY", "surveyResponse": {"score": 1}}]}
    (customer,) = told["customers"]["nodes"]
    assert sorted(node["kind"] for node in customer["feedback"]["nodes"]) == ["EMAIL", "SURVEY"]
    assert told["interactions"]["nodes"] == [{"feedback": {"kind": "EMAIL"}}]
    assert told["surveyResponses"]["nodes"] == [{"feedback": {"kind": "SURVEY"}}]


def test_made_again_nothing_changes_and_what_changed_is_followed_and_enriched_anew(acme: BrandRef) -> None:
    contact(acme, BAD)
    work(acme)
    first = kept(acme, "pk", "score", "updated_at")

    contact(acme, BAD, subject="Parcel")
    work(acme)
    assert kept(acme, "pk", "score", "updated_at") == first

    contact(acme, GOOD)
    work(acme)
    assert kept(acme, "pk", "text", "label") == [(first[0][0], GOOD, "VERY_POSITIVE")]
    contact(acme, None)
    work(acme)
    assert kept(acme, "pk") == []


def test_what_another_model_estimated_is_estimated_anew_and_nothing_else(acme: BrandRef) -> None:
    contact(acme, BAD)
    contact(acme, GOOD, "i-2", channel="CHAT")
    work(acme)
    before = kept(acme, "kind", "enriched_at")
    with brand_tx(acme):
        FeedbackItem.objects.filter(kind="EMAIL").update(model_version="0", score=0.1)
    contact(acme, GOOD, "i-3", channel="SOCIAL")

    work(acme)

    after = dict(kept(acme, "kind", "enriched_at"))
    assert after["CHAT"] == dict(before)["CHAT"]
    assert after["EMAIL"] > dict(before)["EMAIL"]
    assert dict(kept(acme, "kind", "label"))["EMAIL"] == "VERY_NEGATIVE"


def test_who_is_erased_has_said_nothing_that_is_kept_and_it_is_never_made_anew(admin: Asker, acme: BrandRef) -> None:
    contact(acme, BAD, customer="ana")
    # Nobody says who answered, but the contact does.
    comment(acme, GOOD, interaction="i-1")
    comment(acme, "All good with me", "r-2", customer="bob")
    work(acme)
    scores = kept(acme, "kind", "score")
    with brand_tx(acme):
        ana = Customer.objects.get(external_id="ana").pk

    admin.data("mutation($id: ID!) { eraseCustomer(input: {id: $id}) { userErrors { code } } }",
               {"id": global_id("Customer", ana)})  # fmt: skip
    run_due(acme)
    with brand_tx(acme):
        days = [AT[:10]]
        DirtyMark.objects.bulk_create([DirtyMark(topic="said", day=day) for day in days])
    work(acme)

    assert sorted(text or "" for (text,) in kept(acme, "text")) == ["", "", "All good with me"]
    assert kept(acme, "kind", "score") == scores


def test_feedback_goes_with_its_rows_when_customers_are_merged_and_split(acme: BrandRef) -> None:
    contact(acme, BAD, customer="ana")
    contact(acme, GOOD, "i-2", customer="bea", channel="CHAT")
    work(acme)
    with brand_tx(acme):
        ana, bea = (Customer.objects.get(external_id=key).pk for key in ("ana", "bea"))
        merge_customers(actor=viewer(), survivor_id=ana, merged_id=bea, now=NOW)
    assert kept(acme, "customer") == [(ana,), (ana,)]

    with brand_tx(acme):
        split_customer(actor=viewer(), identity_id=bea, now=NOW)
    assert kept(acme, "kind", "customer") == [("CHAT", bea), ("EMAIL", ana)]


def test_recording_it_again_changes_what_is_said(admin: Asker, acme: BrandRef) -> None:
    answer = admin.data(RECORD, {"input": TOLD})["recordFeedback"]
    assert answer == {"userErrors": [], "feedback": {"externalId": "post-1", "kind": "SOCIAL", "text": GOOD,
                                                     "customer": {"externalId": "ana"}}}  # fmt: skip
    work(acme)
    admin.data(RECORD, {"input": {**TOLD, "text": BAD}})
    assert kept(acme, "text", "label", "enriched_at") == [(BAD, None, None)]
    work(acme)
    assert kept(acme, "text", "label") == [(BAD, "VERY_NEGATIVE")]


def test_comments_of_answers_are_not_recorded_by_themselves(admin: Asker, acme: BrandRef) -> None:
    refused = admin.data(RECORD, {"input": {**TOLD, "kind": "SURVEY"}})["recordFeedback"]

    assert refused["userErrors"] == [{"code": "UNKNOWN_VALUE", "field": "kind"}]
    assert kept(acme, "pk") == []


def test_words_are_read_and_asked_for_by_those_alone_who_may_read_personal_data(
    asker: MakeAsker, acme: BrandRef
) -> None:
    contact(acme, BAD)
    work(acme)
    analyst = asker(Role.ANALYST)

    assert analyst.data("{ feedback { nodes { label } } }") == {"feedback": {"nodes": [{"label": "VERY_NEGATIVE"}]}}
    assert codes(analyst.ask("{ feedback { nodes { text } } }")) == ["FORBIDDEN"]
    assert codes(analyst.ask('{ feedback(where: {text: {contains: "parcel"}}) { nodes { label } } }')) == ["FORBIDDEN"]
