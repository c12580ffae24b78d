"""The page as people meet it: in a real browser, by keyboard, without JavaScript, on a phone, from right to left."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from apps.surveys.models import PageEntry
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.flows.programs import web
from tests.node import Workspace
from tests.programs import required
from tests.surveys.page.made import THANKS, invite

# Not five seconds, in which a busy machine hardly answers its first question.
expect.set_options(timeout=60_000)

pytestmark = pytest.mark.usefixtures("committed")

PHONE = {"width": 360, "height": 640}
# Where to put pictures, for somebody who wants to look at them.
PICTURES = os.environ.get("CX_SCREENSHOTS")


@pytest.fixture(scope="module")
def address(django_db_setup: None, worker_id: str) -> Iterator[str]:
    with web(worker_id) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, where the tests ask the database too.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # Chromium's own sandbox is not to be had as root.
        chromium = playwright.chromium.launch(executable_path=required("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    opened = context.new_page()
    complaints: list[str] = []
    refused = "Failed to load resource"  # a 404 or 422 that a test asks for
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [said for said in complaints if refused not in said] == []


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_by_keyboard_and_without_javascript(acme: BrandRef, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/s/{invite(acme)}")
    keys = page.keyboard

    for key in ("Tab", "Space", "ArrowRight", "ArrowRight", "Tab", "Enter"):
        keys.press(key)
    expect(page.get_by_label("What went wrong?")).to_be_visible()
    keys.press("Tab")
    keys.type("It took hours")
    for key in ("Tab", "Enter"):
        keys.press(key)
    expect(page.get_by_role("group", name="And our staff?")).to_be_visible()
    for key in ("Tab", "Space", "Tab", "Enter"):
        keys.press(key)

    expect(page.get_by_text(THANKS)).to_be_visible()
    context.close()
    with brand_tx(acme):
        told = list(PageEntry.objects.order_by("id").values_list("word", "question", "value"))
    assert told == [
        ("OPENED", None, None), ("ANSWER", "score", 2), ("ANSWER", "why", "It took hours"), ("ANSWER", "more", 1),
        ("FINISHED", None, None),
    ]  # fmt: skip


def test_axe_finds_nothing_on_any_page(acme: BrandRef, address: str, phone: Page, tmp_path: Path) -> None:
    workspace = Workspace(Path(__file__).parent / "axe", tmp_path / "axe")
    axe = (workspace.folder / "node_modules/axe-core/axe.min.js").read_text()
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        phone.evaluate(axe)
        ran = phone.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
        found[name] = [(each["id"], [node["html"] for node in each["nodes"]]) for each in ran["violations"]]
        picture(phone, name)

    phone.goto(f"{address}/s/{invite(acme, language='ar')}")
    look("right-to-left")
    token = invite(acme)
    phone.goto(f"{address}/s/{token}?a=9")
    look("first")
    phone.goto(f"{address}/s/{token}/unsubscribe")
    look("unsubscribe")
    phone.goto(f"{address}/s/{token}")
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    look("wrong")
    phone.get_by_role("radio", name="9").check()
    phone.get_by_role("button", name="Next").click()
    look("choices")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text(THANKS)).to_be_visible()
    look("thanks")
    phone.goto(f"{address}/s/{token}")
    look("gone")

    assert len(found) == 7
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_on_a_phone_nothing_runs_over_and_nothing_else_is_loaded(acme: BrandRef, address: str, phone: Page) -> None:
    loaded: list[str] = []
    phone.on("request", lambda request: loaded.append(request.url))

    for language in ("en", "ar"):
        answer = phone.goto(f"{address}/s/{invite(acme, language=language)}")
        assert answer is not None
        assert len(answer.body()) < 60_000
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        lowest, highest = (phone.get_by_role("radio", name=name, exact=True) for name in ("0", "10"))
        boxes = [each.bounding_box() for each in (lowest, highest)]
        assert all(box is not None and box["width"] >= 44 and box["height"] >= 44 for box in boxes)

    assert [url.split("/s/")[0] for url in loaded] == [address] * 2


def test_a_screen_reader_is_told_of_a_group_its_help_and_what_is_wrong(
    acme: BrandRef, address: str, phone: Page
) -> None:
    phone.goto(f"{address}/s/{invite(acme)}")
    phone.get_by_role("button", name="Next").click()

    group = phone.get_by_role("group", name="Would you recommend us? (required)")

    expect(group).to_have_accessible_description("Please answer this question. Not at all Certainly")
    expect(phone.get_by_role("link", name="Would you recommend us?")).to_have_attribute("href", "#q-score")
    expect(phone).to_have_title("Please check what is marked. Your opinion")
