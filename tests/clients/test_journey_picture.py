"""The picture of a journey as a browser shows it: what its accessibility tree holds, and that nothing runs over."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from apps.journeys.picture.drawing import draw
from apps.journeys.picture.shown import Shown, ShownStage, State
from tests.programs import required

LONG = "An owner whose name never ends and goes on"
ARABIC = "إتمام الشراء"
STAGES = [
    ShownStage("Buying", [
        Shown(ARABIC, "E-commerce", "web", is_moment_of_truth=True, state=State.KEPT, words="nothing lacks"),
        Shown("W" * 200, LONG, "advertisement", is_moment_of_truth=True, state=State.PLAIN, words="nothing lacks"),
    ]),
    ShownStage("Sending back", []),
]  # fmt: skip


@pytest.fixture
def page() -> Iterator[Page]:
    # Chromium's own sandbox is not to be had as root.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=required("chromium"), args=["--no-sandbox"])
        page = chromium.new_page()
        page.set_content(f"<!doctype html><html lang=en><body>{draw('Buying', 'd', STAGES, 'p')}</body></html>")
        yield page
        chromium.close()


def test_a_screen_reader_is_told_lists_of_stages_and_touchpoints(page: Page) -> None:
    told = page.locator("svg").aria_snapshot().replace("\u2068", "").replace("\u2069", "")

    assert told.splitlines()[:5] == [
        '- group "Buying":',
        '  - list "Stages":',
        '    - listitem "Buying, 2 touchpoints":',
        '      - list "Touchpoints":',
        f"        - 'listitem \"{ARABIC}, a moment of truth: web, owned by E-commerce; nothing lacks\"'",
    ]


def test_owners_and_what_is_said_lie_within_their_boxes(page: Page) -> None:
    over = page.evaluate("""() => [...document.querySelectorAll('text')].filter(text => {
        const box = text.parentElement.querySelector('rect')?.getBoundingClientRect();
        const said = text.getBoundingClientRect();
        return text.textContent.includes('owner') && (said.left < box.left || said.right > box.right);
    }).map(text => text.textContent)""")

    assert over == []
