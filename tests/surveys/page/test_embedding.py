"""Surveys within a brand's own site: the JSON of the page, whose browsers may read it, and the widget."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from apps.surveys.models import PageEntry, PageSettings
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.flows.programs import web
from tests.programs import required
from tests.surveys.page.made import THANKS, invite

# Not five seconds, in which a busy machine hardly answers its first question.
expect.set_options(timeout=60_000)

pytestmark = pytest.mark.usefixtures("committed")

SHOP = "https://shop.example.com"


def allow(brand: BrandRef, *origins: str) -> None:
    with brand_tx(brand):
        PageSettings.objects.create(origins=list(origins), updated_at=timezone.now())


def said(brand: BrandRef) -> list[tuple[Any, ...]]:
    with brand_tx(brand):
        return list(PageEntry.objects.order_by("id").values_list("word", "question", "value"))


def test_an_app_answers_step_by_step(acme: BrandRef) -> None:
    client, address = Client(), f"/s/{invite(acme)}.json"

    first = client.get(address).json()
    assert [each["key"] for each in first["questions"]] == ["score"]
    wrong = client.post(address, json.dumps({"answers": {"score": 99}}), content_type="text/plain")
    assert (wrong.status_code, wrong.json()["problems"]) == (422, {"score": "NOT_ON_SCALE"})
    second = client.post(address, json.dumps({"answers": {"score": 10}}), content_type="application/json").json()
    assert ([each["key"] for each in second["questions"]], second["last"]) == (["good", "more"], True)
    last = {"given": second["given"], "answers": {"good": ["price"], "more": None}}
    end = client.post(address, json.dumps(last), content_type="application/json").json()

    assert (end["finished"], end["thanks"]) == (True, THANKS)
    assert said(acme) == [("ANSWER", "score", 10), ("ANSWER", "good", ["price"]), ("FINISHED", None, None)]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "body", ["", "[]", "{", "[" * 100_000, '{"answers": []}', '{"given": 1, "answers": {"score": []}}']
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(acme: BrandRef, body: str) -> None:
    response = Client().post(f"/s/{invite(acme)}.json", body, content_type="application/json")

    assert response.status_code in (400, 422)
    assert said(acme) == []


def test_only_the_brands_own_sites_may_read_it(acme: BrandRef, globex: BrandRef) -> None:
    allow(acme, SHOP)
    address, other = f"/s/{invite(acme)}.json", f"/s/{invite(globex)}.json"
    client, asks = Client(), {"Access-Control-Request-Method": "POST"}

    def told(path: str, origin: str, method: Any = client.get, **more: Any) -> str | None:
        allowed: str | None = method(path, headers={"Origin": origin, **more}).headers.get(
            "Access-Control-Allow-Origin"
        )
        return allowed

    assert told(address, SHOP) == SHOP
    assert told(address, SHOP, client.options, **asks) == SHOP
    for path, origin in (
        (address, "https://evil.example.com"),
        (other, SHOP),
        (address[:-5], SHOP),
        ("/graphql", SHOP),
    ):
        assert told(path, origin) is None
        assert told(path, origin, client.options, **asks) is None


def test_the_widget_is_small_and_runs_anywhere_without_eval() -> None:
    script = Client().get("/surveys/widget.js")

    text = script.content.decode()
    assert len(script.content) < 10_000
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not any(word in text for word in ("eval(", "Function(", "innerHTML", "document.write", "insertAdjacent"))


@pytest.fixture
def shop() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve one page of a brand's own site, on another origin, with a policy that forbids what is inline."""
    page = {"body": "", "policy": ""}

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", page["policy"])
            self.end_headers()
            self.wfile.write(page["body"].encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    # A browser opens several at once.
    server.socket.listen(128)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", page
    server.shutdown()
    server.server_close()


def test_a_customer_answers_within_the_brands_own_page(
    acme: BrandRef, worker_id: str, shop: tuple[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Playwright's loop runs in this thread, where the test asks the database too.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    origin, page = shop
    allow(acme, origin)
    token = invite(acme)
    with web(worker_id) as address, sync_playwright() as playwright:
        page["policy"] = f"default-src 'none'; script-src {address}; connect-src {address}"
        page["body"] = (
            f'<title>Shop</title><main><script src="{address}/surveys/widget.js" data-token="{token}"></script></main>'
        )
        chromium = playwright.chromium.launch(executable_path=required("chromium"), args=["--no-sandbox"])
        opened = chromium.new_page()
        complaints: list[str] = []
        opened.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        opened.goto(origin)
        opened.get_by_role("radio", name="9").check()
        opened.get_by_role("button", name="Next").click()
        opened.get_by_role("checkbox", name="The staff").check()
        opened.get_by_role("button", name="Send").click()
        expect(opened.get_by_role("heading", name=THANKS)).to_be_focused()
        chromium.close()

    assert [word for word in complaints if "favicon" not in word] == []
    assert said(acme) == [("ANSWER", "score", 9), ("ANSWER", "good", ["staff"]), ("FINISHED", None, None)]
