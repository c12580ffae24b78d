"""Themes: found by the words that several customers use, found again, and left as people decided."""

from datetime import timedelta
from typing import Any

import pytest

from apps.surveys.feedback.themes.looking import look_for_themes
from apps.surveys.feedback.themes.telling import reasons_of
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.surveys.feedback.said import NOW, comment, contact, say, work

pytestmark = pytest.mark.django_db
PARCELS = ["parcel late courier", "courier lost parcel", "late parcel, rude courier", "parcel courier delay"]
PRICES = ["invoice wrong price", "price on invoice doubled", "wrong invoice amount price", "invoice price unclear"]
RENAME = "mutation($input: RenameThemeInput!) { renameTheme(input: $input) { theme { name } userErrors { code } } }"
MERGE = """mutation($input: MergeThemesInput!) { mergeThemes(input: $input) {
  theme { name feedback { totalCount } } userErrors { code } } }"""
PIN = "mutation($input: PinThemeInput!) { pinTheme(input: $input) { theme { pinned } userErrors { code } } }"
LINK = (
    "mutation($input: LinkThemeInput!) { linkTheme(input: $input) { theme { reason { path } } userErrors { code } } }"
)
MOVE = """mutation($input: MoveFeedbackInput!) { moveFeedback(input: $input) {
  feedback { theme { name } themeByHand } userErrors { code } } }"""


@pytest.fixture
def said(acme: BrandRef) -> BrandRef:
    """Four ways to complain of two things, each by three customers, one of whom signs."""
    for number in range(24):
        words = (PARCELS, PRICES)[number % 2][number // 2 % 4]
        told = {"customer": f"c-{number}", "reason": ("delivery", "billing")[number % 2]}
        contact(acme, f"{words}. Yours, Zebulon{number} zebulon@example.com", f"i-{number}", **told)
    work(acme)
    look(acme)
    return acme


def look(brand: BrandRef) -> None:
    with brand_tx(brand):
        look_for_themes(NOW)


def themes(brand: BrandRef) -> dict[str, Any]:
    with brand_tx(brand):
        return {theme.terms[0]: theme for theme in Theme.objects.filter(merged_into=None)}


def test_what_several_say_is_a_theme_with_its_weeks_its_examples_and_the_reason_it_goes_with(
    said: BrandRef, admin: Asker
) -> None:
    told = admin.data(
        """{ themes(orderBy: [{field: NAME}]) { nodes { name terms firstSeen trend(weeks: 2) { count }
          examples { text } suggestedReasons { reason { path } count share lift } feedback { totalCount } } } }"""
    )["themes"]["nodes"]

    assert [(theme["terms"][0], theme["feedback"]["totalCount"]) for theme in told] == [
        ("courier", 12),
        ("invoice", 12),
    ]
    delivery = told[0]
    assert delivery["suggestedReasons"] == [{"reason": {"path": "delivery"}, "count": 12, "share": 1.0, "lift": 2.0}]
    assert delivery["firstSeen"] == "2026-03-02T10:00:00+00:00"
    assert len(delivery["examples"]) == 3
    assert all("courier" in example["text"] for example in delivery["examples"])
    assert not any("zebulon" in word for theme in told for word in theme["terms"])


def test_reasons_are_counted_among_the_last_pieces_of_all_feedback(said: BrandRef) -> None:
    with brand_tx(said):
        delivery = Theme.objects.get(terms__0="courier")
        FeedbackItem.objects.filter(theme=delivery).update(occurred_at=NOW - timedelta(days=30))
        every = {theme: [each.count for each in found] for theme, found in reasons_of([delivery.pk]).items()}
        lately = reasons_of([delivery.pk], counted=12)
        nearly = {theme: [each.count for each in found] for theme, found in reasons_of([delivery.pk], 15).items()}

    assert (every, nearly, lately) == ({delivery.pk: [12]}, {delivery.pk: [3]}, {})


def test_words_of_few_customers_are_no_terms_however_often_they_say_them(acme: BrandRef) -> None:
    for number in range(24):
        comment(acme, "invoice for Zebulon", f"r-{number}", customer=f"c-{number % 4}")
    work(acme)

    look(acme)

    assert themes(acme) == {}


def test_looking_again_keeps_ids_and_what_people_decided(said: BrandRef, admin: Asker) -> None:
    before = themes(said)
    courier, invoice = (global_id("Theme", before[word].pk) for word in ("courier", "invoice"))
    admin.data(RENAME, {"input": {"id": courier, "name": "Couriers"}})
    admin.data(PIN, {"input": {"id": invoice, "pinned": True}})
    with brand_tx(said):
        item = FeedbackItem.objects.filter(theme=before["invoice"]).order_by("id")[0]
    moved = admin.data(MOVE, {"input": {"feedback": [global_id("FeedbackItem", item.pk)], "theme": courier}})
    assert moved["moveFeedback"]["feedback"] == [{"theme": {"name": "Couriers"}, "themeByHand": True}]
    for number in range(6):
        contact(said, "the courier dropped my parcel", f"new-{number}", customer=f"n-{number}")
    work(said)

    look(said)

    after = themes(said)
    assert {theme.pk for theme in after.values()} == {theme.pk for theme in before.values()}
    assert [theme.name for theme in after.values() if theme.named_by_hand] == ["Couriers"]
    with brand_tx(said):
        assert FeedbackItem.objects.filter(theme__name="Couriers").count() == 12 + 1 + 6
        assert FeedbackItem.objects.get(pk=item.pk).theme_id == before["courier"].pk


def test_what_is_like_a_theme_that_was_taken_in_is_of_the_one_that_took_it(said: BrandRef, admin: Asker) -> None:
    before = themes(said)
    courier, invoice = (global_id("Theme", before[word].pk) for word in ("courier", "invoice"))

    merged = admin.data(MERGE, {"input": {"themes": [courier], "into": invoice}})["mergeThemes"]
    look(said)

    assert merged["theme"]["feedback"]["totalCount"] == 24
    with brand_tx(said):
        assert FeedbackItem.objects.filter(theme=before["invoice"]).count() == 24
    refused = admin.data(RENAME, {"input": {"id": courier, "name": "Couriers"}})["renameTheme"]
    assert refused == {"theme": None, "userErrors": [{"code": "CONFLICT"}]}


def test_a_theme_is_linked_to_a_reason_and_let_go_of_it(said: BrandRef, admin: Asker) -> None:
    theme = global_id("Theme", themes(said)["invoice"].pk)
    reason = admin.data('{ reasons(where: {path: {eq: "billing"}}) { nodes { id } } }')["reasons"]["nodes"][0]["id"]

    linked = admin.data(LINK, {"input": {"id": theme, "reason": reason}})["linkTheme"]
    freed = admin.data(LINK, {"input": {"id": theme}})["linkTheme"]

    assert linked == {"theme": {"reason": {"path": "billing"}}, "userErrors": []}
    assert freed == {"theme": {"reason": None}, "userErrors": []}


def test_languages_have_themes_of_their_own_named_in_their_words_and_filtered_by(acme: BrandRef, admin: Asker) -> None:
    packages = ["paket verspätet zusteller", "zusteller verlor paket", "paket zusteller langsam", "zusteller paket weg"]
    bills = ["rechnung falscher preis", "preis der rechnung doppelt", "falsche rechnung preis", "rechnung preis unklar"]
    for number in range(48):
        topics, language = (((PARCELS, PRICES), "en"), ((packages, bills), "de-AT"))[number % 2]
        text = topics[number // 2 % 2][number // 4 % 4]
        told = {"customer": f"c-{number}", "occurred_at": "2026-03-02T10:00:00Z", "language": language}
        say(acme, "feedback", external_id=f"f-{number}", kind="SOCIAL", text=text, **told)
    # Too short to tell its language by, but its words are said in one.
    say(acme, "feedback", external_id="short", kind="SOCIAL", text="Zusteller?", occurred_at="2026-03-02T10:00:00Z")
    work(acme)

    look(acme)

    told = admin.data("""{ german: themes(where: {language: {eq: "de"}}) { nodes { language terms feedback { totalCount
      } } } themes { nodes { language terms } } }""")
    german_themes = told["german"]["nodes"]
    assert sum(theme["feedback"]["totalCount"] for theme in german_themes) == 25
    assert {word for theme in german_themes for word in theme["terms"]} <= set(" ".join(packages + bills).split())
    assert {theme["language"] for theme in german_themes} == {"de"}
    assert {theme["language"] for theme in told["themes"]["nodes"]} == {"de", "en"}
    english = {word for theme in told["themes"]["nodes"] if theme["language"] == "en" for word in theme["terms"]}
    assert english <= set(" ".join(PARCELS + PRICES).replace(",", "").split())


def test_a_theme_from_before_languages_were_kept_apart_is_found_again_and_told_its_language(said: BrandRef) -> None:
    before = themes(said)
    with brand_tx(said):
        Theme.objects.update(language=None)
        FeedbackItem.objects.update(detected_language="en")

    look(said)

    after = themes(said)
    assert {word: theme.pk for word, theme in after.items()} == {word: theme.pk for word, theme in before.items()}
    assert {theme.language for theme in after.values()} == {"en"}
