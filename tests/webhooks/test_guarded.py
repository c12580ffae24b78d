import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cxplatform.webhooks import connecting
from cxplatform.webhooks.addresses import may_reach
from cxplatform.webhooks.guarded import Answer, NotSent, Why, post
from tests.webhooks.receiver import Receiver, receiving

PATIENCE = 60.0
# fmt: off
INSIDE = [
    "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192",
    "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1",
    "192.0.2.1", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254",
    "ff02::1", "2001:db8::1", "2002:7f00:1::1", "2001:0:1::1", "100::1",
]
# fmt: on


@pytest.fixture
def local(settings: Any) -> None:
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def refusal(url: str, timeout: float = PATIENCE) -> Why:
    with pytest.raises(NotSent) as refused:
        post(url, b"{}", {}, timeout=timeout)
    return refused.value.why


@pytest.mark.parametrize("text", INSIDE)
def test_no_address_of_the_inside_may_be_reached(text: str) -> None:
    assert not may_reach(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_may_be_reached(text: str) -> None:
    assert may_reach(ipaddress.ip_address(text))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:7f00:1]"])
def test_nothing_reaches_this_machine_however_it_is_written(receiver: Receiver, host: str) -> None:
    assert refusal(f"https://{host}:{receiver.port}/") == Why.FORBIDDEN_ADDRESS
    assert receiver.got == []


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "https://", "https://a@b.example/", "https://a.example:0/", "https://a.example:99999/",
     "https://a.example/ x", "https://a.example/\r\nX: y", "https://ä.example/", "https://a.example/#x", "https://[::1/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refusal(url) == Why.BAD_URL


def test_plain_http_is_only_for_networks_that_are_allowed(settings: Any, local: None) -> None:
    assert refusal("http://8.8.8.8/") == Why.NOT_HTTPS
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = []
    assert refusal("http://127.0.0.1/") == Why.NOT_HTTPS


def test_a_body_arrives_as_it_was_with_its_headers_and_the_answer_comes_back(local: None, receiver: Receiver) -> None:
    receiver.answer, receiver.statuses = b"x" * 20_000, [202]
    assert post(receiver.url + "?a=b", b"body", {"webhook-id": "1"}, timeout=PATIENCE) == Answer(202, b"x" * 16_384)
    (got,) = receiver.got
    assert (got.path, got.body, got.headers["webhook-id"]) == ("/hook?a=b", b"body", "1")
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"


def test_a_redirect_is_an_answer_and_is_not_followed(local: None, receiver: Receiver) -> None:
    receiver.statuses, receiver.location = [307], receiver.url
    assert post(receiver.url, b"", {}, timeout=PATIENCE).status == 307
    assert len(receiver.got) == 1


def test_a_name_that_also_leads_inside_is_refused(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "resolve", lambda host, port: ["8.8.8.8", "127.0.0.1"])
    assert refusal(f"https://hooks.example:{receiver.port}/") == Why.FORBIDDEN_ADDRESS
    monkeypatch.setattr(connecting, "resolve", lambda host, port: [])
    assert refusal("https://hooks.example/") == Why.UNKNOWN_NAME


def test_a_name_that_changes_its_answer_is_asked_once(
    local: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    monkeypatch.setattr(connecting, "resolve", lambda host, port: answers.pop(0))
    assert post(f"http://hooks.example:{receiver.port}/", b"", {}, timeout=PATIENCE).status == 200
    assert answers == [["10.0.0.1"]]
    assert receiver.got[0].headers["host"] == f"hooks.example:{receiver.port}"


def test_tls_is_spoken_with_the_name_though_the_address_was_fixed(
    local: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = certified("hooks.example", tmp_path)
    monkeypatch.setattr(connecting, "resolve", lambda host, port: ["127.0.0.1"])
    with receiving(context) as receiver:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        assert refusal(f"https://hooks.example:{receiver.port}/") == Why.TLS_FAILED
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert post(f"https://hooks.example:{receiver.port}/", b"a", {}, timeout=PATIENCE).status == 200
        assert refusal(f"https://other.example:{receiver.port}/") == Why.TLS_FAILED
        assert [got.body for got in receiver.got] == [b"a"]


@pytest.mark.parametrize(
    ("said", "why"),
    [(b"", Why.BAD_ANSWER), (b"hello\r\n\r\n", Why.BAD_ANSWER), (b"HTTP/1.1 200 OK\r\nContent-Le", Why.TIMED_OUT)],
)
def test_who_does_not_speak_http_or_stops_midway_is_left(local: None, said: bytes, why: Why) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answering, args=(server, said, why), daemon=True).start()
        timeout = 0.3 if why is Why.TIMED_OUT else PATIENCE
        assert refusal(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=timeout) == why


def test_where_nobody_listens_nothing_is_sent(local: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/") == Why.UNREACHABLE


def answering(server: socket.socket, said: bytes, why: Why) -> None:
    connection, _ = server.accept()
    got = b""
    while not got.endswith(b"{}"):
        got += connection.recv(65_536)
    connection.sendall(said)
    if why is Why.TIMED_OUT:
        connection.recv(1)  # until the other side has had enough
    connection.close()


def certified(name: str, folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(tz=datetime.UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
