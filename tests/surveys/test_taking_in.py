"""What the page was told becomes answers that count, once, whatever dies meanwhile; and withdrawn consent."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.customers.consents.asking import may_contact
from apps.customers.models import ConsentRecord, Customer
from apps.surveys.models import GivenAnswer, Invitation, InvitationEvent, PageEntry, Survey, SurveyResponse
from apps.surveys.taking_in.batches import take_in_some
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, run
from tests.surveys.page.made import invitation_of, invite

pytestmark = pytest.mark.usefixtures("committed")

TELL = [("OPENED", None, None), ("ANSWER", "score", 3), ("ANSWER", "why", "The queue"), ("ANSWER", "more", 4),
        ("FINISHED", None, None)]  # fmt: skip


def tell(brand: BrandRef, token: str, *words: tuple[str, str | None, Any]) -> Invitation:
    with brand_tx(brand):
        invitation = invitation_of(token)
        for word, question, value in words:
            PageEntry.objects.create(
                invitation=invitation, word=word, question=question, value=value, at=timezone.now()
            )
    return invitation


def counted() -> list[tuple[Any, ...]]:
    read = ("survey__key", "kind", "score", "comment", "customer__external_id", "interaction_external_id")
    return list(SurveyResponse.objects.order_by("external_id").values_list(*read))


def test_answers_count_with_the_comment_at_the_surveys_own_score(acme: BrandRef) -> None:
    invitation = tell(acme, invite(acme), *TELL)

    assert take_in_some(acme) is False

    with brand_tx(acme):
        assert counted() == [
            ("nps", "NPS", 3, "The queue", "c-1", "i-1"),
            ("nps.more", "CSAT", 4, None, "c-1", "i-1"),
        ]
        assert Survey.objects.get(key="nps.more").scope == "TRANSACTIONAL"
        assert list(SurveyResponse.objects.order_by("external_id").values_list("source", "external_id")) == [
            ("crm", f"invitation-{invitation.pk}-0"),
            ("crm", f"invitation-{invitation.pk}-3"),
        ]
        invitation.refresh_from_db()
        assert invitation.state == "ANSWERED"
        told = InvitationEvent.objects.order_by("at", "id").values_list("state", "why")
        assert list(told) == [("OPENED", None), ("STARTED", None), ("ANSWERED", None), ("ANSWERED", "FINISHED")]
        assert not PageEntry.objects.exists()
        assert DirtyMark.objects.filter(topic="survey_response").exists()


def test_who_changes_its_mind_is_heard_last_and_counts_once(acme: BrandRef) -> None:
    token = invite(acme)
    tell(acme, token, ("ANSWER", "score", 3), ("ANSWER", "why", "Slow"))
    take_in_some(acme)
    tell(acme, token, ("ANSWER", "score", 9))

    take_in_some(acme, most=1)

    with brand_tx(acme):
        assert counted() == [("nps", "NPS", 9, "Slow", "c-1", "i-1")]
        assert GivenAnswer.objects.count() == 2


def test_what_is_no_answer_to_its_question_is_dropped_whoever_put_it_in(acme: BrandRef) -> None:
    wrong = [("ANSWER", "score", 11), ("ANSWER", "score", "3"), ("ANSWER", "nobody", 3), ("ANSWER", None, None)]
    invitation = tell(acme, invite(acme), *wrong)

    take_in_some(acme)

    with brand_tx(acme):
        assert (counted(), GivenAnswer.objects.count(), PageEntry.objects.count()) == ([], 0, 0)
        invitation.refresh_from_db()
        assert invitation.state == "STARTED"


def test_what_is_said_late_is_stored_and_flagged(acme: BrandRef) -> None:
    invitation = tell(acme, invite(acme, expires_in=-timedelta(minutes=5), state="EXPIRED"), *TELL)

    take_in_some(acme)

    with brand_tx(acme):
        assert [row[:3] for row in counted()] == [("nps", "NPS", 3), ("nps.more", "CSAT", 4)]
        assert InvitationEvent.objects.filter(invitation=invitation, state="ANSWERED", why="LATE").count() == 1


def test_who_passes_over_everything_has_declined(acme: BrandRef) -> None:
    invitation = tell(acme, invite(acme), ("FINISHED", None, None))

    take_in_some(acme)

    with brand_tx(acme):
        invitation.refresh_from_db()
        assert (invitation.state, invitation.why) == ("DECLINED", "NOTHING_ANSWERED")


def test_who_unsubscribes_is_not_asked_again(acme: BrandRef) -> None:
    invitation = tell(acme, invite(acme), ("WITHDRAWN", None, None))

    take_in_some(acme)

    with brand_tx(acme):
        said = ConsentRecord.objects.values_list("customer__external_id", "purpose", "channel", "granted", "said_where")
        assert list(said) == [("c-1", "SURVEYS", None, False, "survey page")]
        assert invitation.customer_id is not None
        decided = may_contact([invitation.customer_id], "SURVEYS", "EMAIL", timezone.now())
        assert decided[invitation.customer_id].allowed is False


def test_what_the_erased_said_is_dropped(acme: BrandRef) -> None:
    tell(acme, invite(acme), *TELL, ("WITHDRAWN", None, None))
    with brand_tx(acme):
        Customer.objects.update(external_id="erased-1", name=None)

    take_in_some(acme)

    with brand_tx(acme):
        assert (counted(), GivenAnswer.objects.count(), PageEntry.objects.count()) == ([], 0, 0)
        assert (ConsentRecord.objects.count(), Customer.objects.count()) == (0, 1)


def test_a_merged_customer_answers_as_who_was_asked(acme: BrandRef) -> None:
    invitation = tell(acme, invite(acme), *TELL)
    with brand_tx(acme):
        whole = Customer.objects.create(source="shop", external_id="w-1")
        Customer.objects.filter(external_id="c-1").update(merged_into=whole)
        Invitation.objects.update(customer=whole)

    take_in_some(acme)

    with brand_tx(acme):
        assert set(SurveyResponse.objects.values_list("source", "customer__external_id")) == {("crm", "w-1")}
        assert Customer.objects.count() == 2
        assert invitation.customer_id is not None


DYING = """
import config.celery, django
django.setup()
from apps.surveys.taking_in.batches import take_in_some
from cxplatform.tenancy.directory import brand_by_slug
take_in_some(brand_by_slug("acme"))
"""


def test_a_worker_that_dies_before_it_commits_has_taken_in_nothing_and_the_next_all_of_it(acme: BrandRef) -> None:
    tell(acme, invite(acme), *TELL)

    assert run("-c", DYING, CX_FAULT="page-entries-taken-in:1") == KILLED
    with brand_tx(acme):
        assert (PageEntry.objects.count(), counted(), InvitationEvent.objects.count()) == (5, [], 0)

    assert run("-c", DYING) == 0
    with brand_tx(acme):
        assert PageEntry.objects.count() == 0
        assert [row[:3] for row in counted()] == [("nps", "NPS", 3), ("nps.more", "CSAT", 4)]
