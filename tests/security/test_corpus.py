"""Every hostile request of the corpus, sent to the web server over TCP, while an innocent caller goes on asking."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Event

import pytest

from tests.security import corpus
from tests.security.conftest import Web
from tests.security.judging import CODES, HOSTILE, quick, told
from tests.security.web import answered, asked, cpu_seconds, head, role_told, sent

# What the server may spend on one of them; its clock ticks in 10 ms.
CPU_SECONDS = 0.3
# Of other work on the machine: how long an answer may be late that nothing of ours holds up.
LATE_SECONDS = 15


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_is_refused_quickly_and_cheaply(server: Web, keys: dict[str, str], name: str) -> None:
    asked(server.port, keys["acme"])
    spent = []

    def ask() -> tuple[int, bytes]:
        before = cpu_seconds(server.pid)
        answer = answer_to(HOSTILE[name], server, keys["globex"])
        spent.append(cpu_seconds(server.pid) - before)
        return answer

    status, answer = quick(ask)

    assert status in (200, 400, 413), answer[:300]
    assert told(answer) <= CODES
    assert min(spent) < CPU_SECONDS


def test_an_innocent_caller_is_answered_while_the_whole_corpus_goes_through(server: Web, keys: dict[str, str]) -> None:
    asked(server.port, keys["acme"])
    before = [waited(server, keys["acme"]) for _ in range(20)]
    beside: list[float] = []
    over = Event()

    def ask_on() -> None:
        while not over.is_set():
            beside.append(waited(server, keys["acme"]))

    with ThreadPoolExecutor(1) as innocent:
        asking = innocent.submit(ask_on)
        for body in HOSTILE.values():
            answer_to(body, server, keys["globex"])
        over.set()
        asking.result()
    after = [waited(server, keys["acme"]) for _ in range(20)]

    assert len(beside) > len(HOSTILE) / 2
    # The machine may have become slower meanwhile.
    assert median(beside) < 10 * max(median(before), median(after))
    assert max(beside) < max(before + after) + LATE_SECONDS


def test_many_hostile_documents_at_once_leave_an_innocent_caller_its_answer(server: Web, keys: dict[str, str]) -> None:
    clients = []
    for _, body in list(corpus.documents())[:16]:
        clients.append(sent(server.port, head(keys["globex"], f"Content-Length: {len(body)}") + body))

    assert asked(server.port, keys["acme"])[0] == 200

    for client in clients:
        assert told(answered(client)[1]) <= CODES


def test_no_form_of_a_token_but_the_real_one_is_taken(server: Web, keys: dict[str, str]) -> None:
    for name, token in corpus.tokens(keys["acme"]):
        raw = head(token, "Content-Length: 2").decode().encode("latin-1") + b"{}"
        with sent(server.port, raw) as client:
            status, answer = answered(client)
        assert status in (400, 401, 431), (name, answer)
        assert not answer or told(answer) == {"UNAUTHENTICATED"}, name


def answer_to(body: bytes, server: Web, token: str) -> tuple[int, bytes]:
    with sent(server.port, head(token, f"Content-Length: {len(body)}") + body) as client:
        return answered(client)


def waited(server: Web, token: str) -> float:
    """Ask what is innocent, see that it is answered, and return the seconds that took."""
    began = time.monotonic()
    assert role_told(server.port, token) == (200, {"me": {"role": "BRAND_ADMIN"}})
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", b'{"query":"mutation{x}"}'),
        ("application/x-www-form-urlencoded", b"query=%7Bme%7Brole%7D%7D"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{me{role}}\r\n--x--',
        ),
        ("application/graphql", b"{me{role}}"),
        ("application/json; charset=utf-7", b"{}"),
        ("application/json\x0b", b"{}"),
    ],
)
def test_a_body_a_browser_can_send_unasked_is_refused(
    server: Web, keys: dict[str, str], content_type: str, body: bytes
) -> None:
    raw = head(keys["acme"], f"Content-Length: {len(body)}").replace(b"application/json", content_type.encode())
    with sent(server.port, raw + body) as client:
        assert answered(client)[0] in (400, 415)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip", "x"])
def test_a_compressed_body_is_refused_unread(server: Web, keys: dict[str, str], encoding: str) -> None:
    with sent(server.port, head(keys["acme"], f"Content-Encoding: {encoding}", "Content-Length: 2") + b"{}") as client:
        assert answered(client)[0] == 415


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "mutation"])
def test_nothing_is_done_by_another_method_whatever_overrides_it(
    server: Web, keys: dict[str, str], method: str
) -> None:
    target = f"{method} /graphql?query=mutation%7BcreateBrand%7D HTTP/1.1"
    raw = head(keys["acme"], "X-HTTP-Method-Override: POST", "X-Method-Override: POST", request=target)
    with sent(server.port, raw) as client:
        assert client.recv(100).split(b" ")[1] in (b"405", b"400", b"501")


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-Host: globex.example",
        "X-Forwarded-For: 127.0.0.1",
        "X-Original-URL: /import/customers",
        "X-Rewrite-URL: /admin",
        "X-Brand-Slug: globex",
        "Forwarded: host=globex.example",
        "X-Schema: b_0",
        "Cookie: sessionid=x; token=y",
    ],
)
def test_a_header_that_overrides_elsewhere_overrides_nothing_here(
    server: Web, keys: dict[str, str], header: str
) -> None:
    body = b'{"query":"{ brand { slug } }"}'
    with sent(server.port, head(keys["acme"], header, f"Content-Length: {len(body)}") + body) as client:
        status, answer = answered(client)
        assert (status, json.loads(answer)["data"]) == (200, {"brand": {"slug": "acme"}})


@pytest.mark.parametrize(
    "headers",
    [
        ("X-Brand: acme", "X-Brand: globex"),
        ("X-Brand: globex",),
        ("X-Brand: acme,globex",),
        ("X-Brand: ../globex",),
        ("X-Brand: b_019",),
        ("X-Brand: " + "a" * 5_000,),
    ],
)
def test_a_brand_that_is_not_its_own_is_not_found(server: Web, keys: dict[str, str], headers: tuple[str, ...]) -> None:
    body = b'{"query":"{ brand { slug } }"}'
    raw = head(keys["acme"], "Accept: application/graphql-response+json", *headers, f"Content-Length: {len(body)}")
    with sent(server.port, raw + body) as client:
        status, answer = answered(client)
        assert (status, told(answer)) == (404, {"NOT_FOUND"})


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n{}{}{",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 1e1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
        b"POST /" + b"a" * 500_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n" * 10_000,
    ],
    ids=range(12),
)
def test_a_request_two_servers_could_read_differently_is_answered_by_no_view(
    server: Web, keys: dict[str, str], raw: bytes
) -> None:
    try:
        with sent(server.port, raw) as client:
            client.settimeout(2)
            got = client.recv(1_000)
    except (ConnectionError, TimeoutError):
        got = b""

    assert b'"data"' not in got
    assert not got.startswith(b"HTTP/1.1 5")
    assert asked(server.port, keys["acme"])[0] == 200


@pytest.mark.parametrize("host", ["globex.example", "127.0.0.1@globex", "a b", "..", "[::1", "acme.example:99999999"])
def test_a_host_is_not_a_way_into_another_brand(server: Web, keys: dict[str, str], host: str) -> None:
    status, answer = asked(server.port, keys["acme"], b'{"query":"{ brand { slug } }"}', Host=host)

    assert status in (200, 400, 404)
    assert "globex" not in json.dumps(answer.get("data"))


def test_the_log_holds_no_key_and_no_body(server: Web, keys: dict[str, str]) -> None:
    asked(server.port, keys["acme"], b'{"query":"{ secretly }"}')
    asked(server.port, keys["acme"] + "x")
    time.sleep(0.5)

    log = server.log.read_text(errors="replace")

    assert [key for key in keys.values() if key in log or key.rsplit("_", 1)[1] in log] == []
    assert "secretly" not in log
    assert "Traceback" not in log
