"""The page of an invitation, from the outside: what it shows, what it takes, and what it never tells."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from apps.surveys.models import PageEntry, SurveyVersion
from apps.surveys.page.preview import preview_path
from apps.surveys.sending.tokens import new_token
from cxplatform.tenancy import owner
from cxplatform.tenancy.brand import SHARED_SCHEMA, BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.page.made import GREETING, THANKS, invitation_of, invite

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def client() -> Client:
    return Client()


def said(brand: BrandRef) -> list[tuple[Any, ...]]:
    with brand_tx(brand):
        return list(PageEntry.objects.order_by("id").values_list("word", "question", "value"))


def shown(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(response.content.decode().split("</style>")[1])))


def carried(response: Any) -> str:
    found = re.search(r'name="given" value="([^"]*)"', response.content.decode())
    assert found is not None
    return unescape(found.group(1))


def test_a_customer_answers_step_by_step_and_each_answer_is_kept_as_it_is_given(acme: BrandRef, client: Client) -> None:
    address = f"/s/{invite(acme)}"

    first = client.get(address)
    assert (first.status_code, GREETING in shown(first), "What went wrong?" in shown(first)) == (200, True, False)
    assert said(acme) == [("OPENED", None, None)]

    second = client.post(address, {"given": carried(first), "q.score": "3"})
    assert "What went wrong?" in shown(second)
    assert said(acme)[1:] == [("ANSWER", "score", 3)]

    third = client.post(address, {"given": carried(second), "q.why": "The <b>queue</b>"})
    assert "And our staff?" in shown(third)
    end = client.post(address, {"given": carried(third)})

    assert THANKS in shown(end)
    assert said(acme)[2:] == [("ANSWER", "why", "The <b>queue</b>"), ("FINISHED", None, None)]


def test_another_answer_leads_elsewhere_and_what_comes_whatever_is_said_is_asked_at_once(
    acme: BrandRef, client: Client
) -> None:
    address = f"/s/{invite(acme)}"

    second = client.post(address, {"q.score": "9"})

    assert ("What was good?" in shown(second), "And our staff?" in shown(second)) == (True, True)
    client.post(address, {"given": carried(second), "q.good": ["price", "staff"], "q.more": "5"})
    answers = [("ANSWER", "score", 9), ("ANSWER", "good", ["price", "staff"]), ("ANSWER", "more", 5)]
    assert said(acme) == [*answers, ("FINISHED", None, None)]


def test_looking_never_answers_not_even_with_the_score_of_the_message(acme: BrandRef, client: Client) -> None:
    address = f"/s/{invite(acme)}"

    chosen = client.get(f"{address}?a=9")
    client.get(f"{address}?a=3")
    client.head(address)

    assert re.findall(r'value="(\d+)"[^>]* checked', chosen.content.decode()) == ["9"]
    assert [word for word, *_ in said(acme)] == ["OPENED"]


@pytest.mark.parametrize("wrong", [{}, {"q.score": "11"}, {"q.score": "9'--"}, {"q.score": ["", ""]}])
def test_what_is_no_answer_is_said_beside_its_question_and_nothing_is_kept(
    acme: BrandRef, client: Client, wrong: dict[str, Any]
) -> None:
    response = client.post(f"/s/{invite(acme)}", wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-describedby="q-score-error q-score-ends"' in page
    assert 'role="alert"' in page
    assert said(acme) == []


@pytest.mark.parametrize("given", ["[]", "{", "[" * 100_000, '{"score": true, "nobody": 1}', '{"score": "3"}'])
def test_what_a_page_carries_is_believed_only_as_far_as_it_is_an_answer(
    acme: BrandRef, client: Client, given: str
) -> None:
    response = client.post(f"/s/{invite(acme)}", {"given": given, "q.score": "10"})

    assert "What was good?" in shown(response)
    assert said(acme) == [("ANSWER", "score", 10)]


def test_what_is_unknown_forged_over_or_used_is_one_and_the_same_page(acme: BrandRef, client: Client) -> None:
    used, over, held = invite(acme), invite(acme, expires_in=-timedelta(hours=2)), invite(acme, state="SUPPRESSED")
    client.post(f"/s/{used}", {"do": "decline"})
    stranger = BrandRef(SurveyVersion().id, "x", "X", "UTC", "USD", "en", "ACTIVE")
    tokens = [used, over, held, new_token(acme)[0], new_token(stranger)[0], "A" * 43, "x", "preview"]

    answers = [ask(f"/s/{token}") for token in tokens for ask in (client.get, client.post)]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert "Acme" not in answers[0].content.decode()
    assert said(acme) == [("DECLINED", None, None)]


def test_who_was_answering_as_time_ran_out_may_end_it(acme: BrandRef, client: Client) -> None:
    address = f"/s/{invite(acme, expires_in=-timedelta(minutes=5))}"

    assert client.get(address).status_code == 404
    assert client.post(address, {"q.score": "9"}).status_code == 200
    assert said(acme) == [("ANSWER", "score", 9)]


def test_a_suspended_brands_pages_are_gone(acme: BrandRef, client: Client) -> None:
    address = f"/s/{invite(acme)}"
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        cursor.execute("UPDATE accounts_brand SET status = 'SUSPENDED' WHERE id = %s", [acme.id])
    try:
        assert client.get(address).status_code == 404
    finally:
        with owner.owner_tx(SHARED_SCHEMA) as cursor:
            cursor.execute("UPDATE accounts_brand SET status = 'ACTIVE' WHERE id = %s", [acme.id])


def test_one_click_of_a_mail_program_unsubscribes_even_from_what_was_answered(acme: BrandRef, client: Client) -> None:
    address = f"/s/{invite(acme, state='ANSWERED', expires_in=-timedelta(days=9))}/unsubscribe"

    asked = client.get(address)
    assert ("Do not ask me again" in shown(asked), said(acme)) == (True, [])
    done = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert (done.status_code, said(acme)) == (200, [("WITHDRAWN", None, None)])


def test_guessing_costs_and_ends_and_a_good_token_costs_nothing(acme: BrandRef, client: Client, settings: Any) -> None:
    settings.CX_THROTTLE, settings.CACHE_URL = True, ""
    settings.CX_THROTTLE_ADDRESS_ATTEMPTS, settings.CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND = 3, 0.001
    address, origin = f"/s/{invite(acme)}", {"REMOTE_ADDR": "192.0.2.77"}
    for _ in range(5):
        assert client.get(address, **origin).status_code == 200

    tried = [client.get(f"/s/{new_token(acme)[0]}", **origin).status_code for _ in range(4)]

    assert tried == [404, 404, 404, 429]
    assert client.get(address, **origin).status_code == 429
    assert client.get(address, REMOTE_ADDR="192.0.2.78").status_code == 200


def test_no_script_runs_there_nobody_frames_it_and_no_line_of_the_log_names_its_path(
    acme: BrandRef, client: Client, caplog: Any
) -> None:
    address = f"/s/{invite(acme)}"
    page, refused = client.get(address), client.post(address, {})

    policy = page["Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; form-action 'self'; base-uri 'none'; "
        r"frame-ancestors 'none'", policy,
    )  # fmt: skip
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    assert ("<script" in page.content.decode(), "http" in page.content.decode()) == (False, False)
    assert refused.status_code == 422
    assert address not in caplog.text


def test_what_a_brand_wrote_is_text_and_never_markup(acme: BrandRef, client: Client) -> None:
    token = invite(acme)
    with brand_tx(acme):
        form = invitation_of(token).form
        assert form is not None
        SurveyVersion.objects.filter(pk=form.pk).update(texts={"en": {"title": "<script>alert(1)</script>"}})

    page = client.get(f"/s/{token}").content.decode()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_is_looked_at_by_a_signed_link_and_records_nothing(acme: BrandRef, client: Client) -> None:
    token = invite(acme)
    with brand_tx(acme):
        form = invitation_of(token).form
        assert form is not None
    link = preview_path(acme, form.pk, "en")

    first = client.get(link)
    second = client.post(link, {"given": carried(first), "q.score": "0"})

    assert "Preview: nothing is recorded." in shown(first)
    assert "What went wrong?" in shown(second)
    assert client.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    assert said(acme) == []


def test_the_pages_words_are_in_the_language_of_the_invitation(acme: BrandRef, client: Client) -> None:
    page = client.get(f"/s/{invite(acme, language='ar-EG')}").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "هل توصي بنا؟" in page
    assert ">التالي</button>" in page
    assert len(page.encode()) < 60_000


def test_nothing_of_the_customer_leaves_the_database_for_the_page(acme: BrandRef) -> None:
    token = invite(acme)
    with brand_tx(acme):
        hashed = bytes(invitation_of(token).token_hash or b"")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT "{acme.schema}".survey_page(%s)::text', [hashed])
        told = cursor.fetchone()[0]

    # As words: a random id may well hold the letters.
    assert not re.search(r"\b(Ada|c-1|i-1)\b", told)
