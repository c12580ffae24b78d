"""GraphiQL as somebody meets it who opens the address in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from cxplatform.graphql.graphiql import page as graphiql
from tests.clients.conftest import Service
from tests.node import Workspace
from tests.programs import required

# Not five seconds, in which a busy machine hardly answers its first question.
expect.set_options(timeout=60_000)

SOURCE = Path(graphiql.__file__).parent / "source"
BUILT = SOURCE.with_name("built")


@pytest.fixture(scope="module")
def browser(service: Service) -> Iterator[Browser]:
    # Chromium's own sandbox is not to be had as root.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=required("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """Open the page; whatever the browser complains of by the end fails the test."""
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(service.graphql)
    yield opened
    context.close()
    assert complaints == []


def sign_in(page: Page, key: str, brand: str = "") -> None:
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_label("Brand").fill(brand)
    page.get_by_role("button", name="Use").click()


def run(page: Page, query: str = "") -> None:
    """Run what stands in the editor, or a query put there, whose name is its second word."""
    if query:
        page.locator(".graphiql-query-editor .CodeMirror").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(query)
        expect(page.get_by_role("tab", name=query.split()[1])).to_be_visible()
    page.get_by_role("button", name="Execute query (Ctrl-Enter)").click()


def answer(page: Page) -> Locator:
    return page.locator(".graphiql-response")


def test_without_a_key_it_says_where_to_get_one(page: Page) -> None:
    expect(page.get_by_text("Fill in a key to begin.")).to_be_visible()
    expect(answer(page)).to_contain_text("make demo")


def test_the_first_query_is_run_and_its_answer_seen(page: Page, service: Service) -> None:
    sign_in(page, service.keys["analyst"])

    run(page)

    response = answer(page)
    expect(response).to_contain_text('"role": "ANALYST"')
    expect(response).to_contain_text('"slug": "little-acme"')
    expect(response).to_contain_text('"key": "NPS"')
    expect(response).not_to_contain_text('"errors"')


def test_whoever_works_for_several_brands_fills_in_one(page: Page, service: Service) -> None:
    sign_in(page, service.provider["supervisor"], brand="little-globex")

    run(page, "query Which { brand { slug } }")

    expect(answer(page)).to_contain_text('"slug": "little-globex"')


def test_the_schema_is_explained_beside_the_query(page: Page, service: Service) -> None:
    sign_in(page, service.keys["viewer"])
    page.get_by_label("Show Documentation Explorer").click()

    page.get_by_role("link", name="Query", exact=True).click()

    docs = page.locator(".graphiql-plugin")
    expect(docs).to_contain_text("metricBreakdown")
    expect(docs).to_contain_text("interactions")


def test_a_subscription_reaches_the_live_process(page: Page, service: Service) -> None:
    sign_in(page, service.keys["admin"])
    run(page, "query Latest { importJobs(first: 1) { nodes { id } } }")
    response = answer(page)
    expect(response).to_contain_text('"id": "')
    job = response.inner_text().split('"id": "')[1].split('"')[0]

    run(page, f'subscription Progress {{ importJobProgressed(id: "{job}") {{ state }} }}')

    expect(response).to_contain_text('"importJobProgressed"')
    expect(response).to_contain_text('"state": "DONE"')


def test_a_key_lives_as_long_as_the_tab(page: Page, service: Service) -> None:
    key = service.keys["viewer"]
    sign_in(page, key)
    run(page)
    expect(answer(page)).to_contain_text("VIEWER")

    page.reload()
    kept = page.get_by_label("Key", exact=True).input_value()
    beside = page.context.new_page()
    beside.goto(service.graphql)

    assert kept == key
    assert beside.get_by_label("Key", exact=True).input_value() == ""
    assert key not in page.evaluate("JSON.stringify(localStorage)")


def test_its_files_may_be_kept_for_good_and_are_no_way_to_others(page: Page, service: Service) -> None:
    address = page.locator("script").get_attribute("src")

    script = page.request.get(f"{service.address}/{address}")
    other = page.request.get(f"{service.address}/graphql/graphiql/..%2Fpage.py")

    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert other.status == 404


def test_what_is_committed_is_what_the_sources_build(tmp_path: Path) -> None:
    workspace = Workspace(SOURCE, tmp_path / "source")

    workspace.run("build.mjs", str(tmp_path / "built"))

    assert _contents(tmp_path / "built") == _contents(BUILT)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
