"""A version as a picture: what it says, to eyes and to ears; what people wrote stays text; how large it may be."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from apps.customers.models import Customer
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.journeys.picture.drawing import draw
from apps.journeys.picture.shown import Shown, ShownStage, State
from apps.journeys.picture.texts import fitted
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.journeys.mapped import at, department, journey, promise, published, stage

SVG = "{http://www.w3.org/2000/svg}"
PICTURE = "query($version: ID!) { journeyPicture(version: $version) }"
HOSTILE = """</text><script>alert(1)</script>&"'\u0001\u202egnidaer"""


def box(name: str, state: State = State.PLAIN, words: str = "nothing lacks") -> Shown:
    return Shown(name, "E-commerce", "web", is_moment_of_truth=True, state=state, words=words)


def labels(svg: str) -> list[str]:
    """Return what a screen reader is told of each item of the lists."""
    items = ElementTree.fromstring(svg).iter(f"{SVG}g")
    return [re.sub("[\u2068\u2069]", "", g.get("aria-label", "")) for g in items if g.get("role") == "listitem"]


def test_a_picture_tells_how_every_touchpoint_stands(admin: Asker, acme: BrandRef) -> None:
    department(admin, "shop", "The shop")
    promise(admin)
    level = {"milliseconds": 30_000, "share": 0.75}
    held = {"promise": "quick", "serviceLevel": level}
    version = published(
        admin,
        journey(admin),
        [
            stage("PURCHASE", at("checkout", weight=50, **held), at("basket", weight=50, **held)),
            stage("SUPPORT", at("faq")),
        ],
    )
    with brand_tx(acme):
        who = Customer.objects.create(external_id="c")
        for touchpoint, took in (("checkout", 30_000), ("checkout", 30_001), ("basket", 1), ("basket", None)):
            where = Touchpoint.objects.get(key=touchpoint)
            when = timezone.now() - timedelta(days=1)
            TouchpointEvent.objects.create(
                external_id=f"{touchpoint}{took}", customer=who, touchpoint=where, occurred_at=when, duration_ms=took
            )

    svg = admin.data(PICTURE, {"version": version})["journeyPicture"]

    assert labels(svg) == [
        "Purchase, 2 touchpoints",
        "checkout: web, owned by The shop; misses its level: 50% of 2",
        "basket: web, owned by The shop; keeps its level: 100% of 1",
        "Support, 1 touchpoint",
        "faq: web, owned by The shop; 2 things lack",
    ]
    fills = [rect.get("fill") for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect") if rect.get("height") == "88"]
    assert fills == [State.MISSED.value[0], State.KEPT.value[0], State.LACKING.value[0]]


def test_what_people_wrote_stays_text_and_turns_nothing_around() -> None:
    svg = draw(HOSTILE, "d", [ShownStage(HOSTILE, [box(HOSTILE)])], "p")

    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "desc", "rect", "g", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "\u202e" not in svg
    assert "<script" not in svg


def test_a_screen_reader_finds_a_name_a_description_and_lists() -> None:
    root = ElementTree.fromstring(draw("Buying", "A journey.", [ShownStage("Buy", [box("Pay")])], "p"))

    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == (
        "group", "p-title", "p-description",
    )  # fmt: skip
    assert {element.get("id") for element in root.iter() if element.get("id")} == {"p-title", "p-description"}
    for text in root.iter(f"{SVG}text"):
        hidden = text.get("aria-hidden") == "true"
        assert hidden or any(text in list(g) and g.get("aria-hidden") == "true" for g in root.iter(f"{SVG}g"))


def _light(colour: str) -> float:
    """Return the relative luminance of a colour. Source: WCAG 2.2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("state", State)
def test_words_stand_out_from_what_they_are_written_on_and_boxes_from_the_page(state: State) -> None:
    fill, line = map(_light, state.value)

    assert (fill + 0.05) / (_light("#1b1f24") + 0.05) >= 7
    assert 1.05 / (line + 0.05) >= 3


def test_a_picture_has_a_bounded_size() -> None:
    # A quotation mark takes six bytes in an attribute, more than any letter.
    widest = Shown('"' * 200, '"' * 200, "advertisement", is_moment_of_truth=True, state=State.PLAIN, words="w" * 60)
    full = [ShownStage('"' * 100, [widest] * 10) for _ in range(20)]

    assert len(draw('"' * 200, "d", full, "p" * 40).encode()) < 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Checkout", "Checkout"),
        ("Checkouts", "Checkou…"),
        ("結帳結帳", "結帳結帳"),
        ("結帳結帳結", "結帳結…"),
        ("a\n\u2066b", "a b"),
    ],
)
def test_a_text_is_no_wider_than_its_place(text: str, expected: str) -> None:
    assert fitted(text, 8) == expected
