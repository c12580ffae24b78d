"""Operations are charged before they run, refunded afterwards, and refused where a bucket lacks the points."""

from typing import Any

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.throttle.throttle import Throttle
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import page_of_everything

PAGE = "{ interactions(first: 50) { nodes { id } } }"
ME = "{ me { role } }"


@pytest.fixture(autouse=True)
def _turned_on(settings: Any) -> None:
    settings.CX_THROTTLE = True


@pytest.fixture
def small(settings: Any) -> None:
    """Let a key's bucket hold a hundred points and not fill while a test lasts."""
    settings.CX_THROTTLE_KEY_POINTS, settings.CX_THROTTLE_KEY_POINTS_A_SECOND = 100, 0.01


@pytest.fixture(autouse=True)
def _own_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test buckets of its own: the brands are other tests' too."""
    own = Throttle("")
    monkeypatch.setattr("cxplatform.graphql.admission.throttle", lambda: own)


def _state(answer: dict[str, Any], bucket: str = "key") -> dict[str, int]:
    state: dict[str, int] = answer["extensions"]["cost"]["throttle"][bucket]
    return state


@pytest.mark.usefixtures("small")
def test_what_was_not_read_is_given_back(admin: Asker) -> None:
    first, second = admin.ask(PAGE), admin.ask(PAGE)

    assert (first["extensions"]["cost"]["requested"], first["extensions"]["cost"]["actual"]) == (61, 11)
    assert _state(first)["currentlyAvailable"] == 89
    assert _state(second)["currentlyAvailable"] == 78


@pytest.mark.usefixtures("small")
def test_an_empty_bucket_refuses_and_tells_when_to_come_again(admin: Asker, settings: Any) -> None:
    settings.CX_THROTTLE_KEY_POINTS_A_SECOND = 1
    for _ in range(4):
        admin.data(ME)

    response = admin.post(orjson.dumps({"query": PAGE}))

    answer = orjson.loads(response.content)
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 5
    assert codes(answer) == ["RATE_LIMITED"]
    assert answer["errors"][0]["extensions"]["retryAfterSeconds"] == int(response["Retry-After"])
    assert "data" not in answer


@pytest.mark.usefixtures("small")
def test_whoever_was_refused_is_refused_until_then_without_being_looked_at(
    admin: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        admin.data(ME)
    assert codes(admin.ask(PAGE)) == ["RATE_LIMITED"]
    monkeypatch.setattr("cxplatform.graphql.view.authenticator", lambda: pytest.fail("it was looked at"))

    assert codes(admin.ask(ME)) == ["RATE_LIMITED"]


@pytest.mark.usefixtures("small")
def test_one_keys_bucket_is_not_anothers(admin: Asker, asker: MakeAsker) -> None:
    for _ in range(4):
        admin.data(ME)
    assert codes(admin.ask(PAGE)) == ["RATE_LIMITED"]

    assert "errors" not in asker(Role.BRAND_ADMIN).ask(PAGE)


def test_all_keys_of_a_brand_share_its_bucket(admin: Asker, asker: MakeAsker, settings: Any) -> None:
    settings.CX_THROTTLE_BRAND_POINTS, settings.CX_THROTTLE_BRAND_POINTS_A_SECOND = 70, 0.01
    admin.data(ME)

    assert codes(asker(Role.BRAND_ADMIN).ask(PAGE)) == ["RATE_LIMITED"]


@pytest.mark.usefixtures("small")
def test_a_document_that_is_refused_is_paid_for(admin: Asker) -> None:
    for _ in range(8):
        assert codes(admin.ask("{ unknown }")) == ["BAD_USER_INPUT"]

    assert _state(admin.ask(ME))["currentlyAvailable"] == 100 - 8 * 10 - 11


@pytest.mark.usefixtures("small")
def test_what_fails_is_refunded_too(admin: Asker, acme: BrandRef) -> None:
    page_of_everything(acme, 1)
    failing = '{ node(id: "x") { ... on Interaction { id customer { id } } } }'

    answer = admin.ask(failing)

    assert answer["data"] == {"node": None}
    assert _state(admin.ask(ME))["currentlyAvailable"] == 100 - 11 - 11


def test_switched_off_it_refuses_nobody_and_tells_the_cost_all_the_same(
    admin: Asker, settings: Any, small: None
) -> None:
    settings.CX_THROTTLE = False

    answers = [admin.ask(PAGE) for _ in range(12)]

    assert [answer["extensions"]["cost"] for answer in answers] == [
        {"requested": 61, "actual": 11, "throttle": None}
    ] * 12


def test_the_default_buckets_are_those_that_are_documented(admin: Asker) -> None:
    answer = admin.ask(ME)

    assert _state(answer) | {"currentlyAvailable": 0} == {
        "maximumAvailable": 10_000,
        "currentlyAvailable": 0,
        "restoreRate": 2_000,
    }
    assert _state(answer, "brand") | {"currentlyAvailable": 0} == {
        "maximumAvailable": 30_000,
        "currentlyAvailable": 0,
        "restoreRate": 4_000,
    }


def test_strangers_are_told_to_wait_before_the_database_is_asked(db: None, settings: Any) -> None:
    settings.CX_THROTTLE_ADDRESS_ATTEMPTS, settings.CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND = 1, 0.01
    settings.CX_TRUSTED_PROXIES = ["127.0.0.1"]
    forged = {"x-forwarded-for": "203.0.113.77"}

    statuses = [
        Asker(f"cx_{n:012}_{n:043}").post(b'{"query": "{ me { role } }"}', **forged).status_code for n in (1, 2)
    ]

    assert statuses == [401, 429]


def test_points_are_given_back_where_there_was_no_seat(
    admin: Asker, asker: MakeAsker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CX_THROTTLE_BRAND_POINTS, settings.CX_THROTTLE_BRAND_POINTS_A_SECOND = 100, 0.01
    monkeypatch.setattr("cxplatform.throttle.seats._WAIT_SECONDS", 0.0)
    settings.CX_BRAND_SEATS = 0
    refused = admin.ask(PAGE)

    settings.CX_BRAND_SEATS = 1
    answered = asker(Role.BRAND_ADMIN).ask(ME)

    assert codes(refused) == ["RATE_LIMITED"]
    assert _state(answered, "brand")["currentlyAvailable"] == 100 - 11


@pytest.mark.usefixtures("small")
def test_a_flood_writes_no_log(admin: Asker, caplog: pytest.LogCaptureFixture) -> None:
    assert [admin.post(orjson.dumps({"query": PAGE})).status_code for _ in range(10)][-3:] == [429] * 3
    assert admin.post(b"no JSON").status_code == 429

    assert "Too Many Requests" not in caplog.text
