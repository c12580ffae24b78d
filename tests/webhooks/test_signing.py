import base64

import pytest
from standardwebhooks.webhooks import Webhook

from cxplatform.webhooks.signing import NotSigned, new_secret, sign, signed_headers, verify

BODY = b'{"type":"test"}'
NOW = 1_790_000_000


def test_the_example_of_the_specification_has_its_signature() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_the_package_of_the_standard_makes_the_same_signature_and_takes_ours() -> None:
    import datetime

    secret = new_secret()
    moment = datetime.datetime.now(tz=datetime.UTC)
    headers = signed_headers([secret], "msg_1", int(moment.timestamp()), BODY)
    assert Webhook(secret).sign("msg_1", moment, BODY.decode()) == headers["webhook-signature"]
    assert Webhook(secret).verify(BODY, headers) == {"type": "test"}


def test_while_secrets_change_both_the_old_and_the_new_one_fit() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers([new, old], "msg_1", NOW, BODY)
    assert [verify([one], headers, BODY, now=NOW) for one in (old, new)] == ["msg_1", "msg_1"]


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": str(NOW + 1)},
        {"webhook-timestamp": "1e9"},
        {"webhook-timestamp": "٣"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,é"},
        {"webhook-id": ""},
    ],
)
def test_a_message_that_was_changed_is_refused(change: dict[str, str]) -> None:
    secret = new_secret()
    headers = signed_headers([secret], "msg_1", NOW, BODY)
    with pytest.raises(NotSigned):
        verify([secret], {**headers, **change}, BODY, now=NOW)


def test_a_message_that_is_old_or_of_another_secret_or_body_is_refused() -> None:
    secret = new_secret()
    headers = signed_headers([secret], "msg_1", NOW, BODY)
    assert verify([secret], headers, BODY, now=NOW + 300) == "msg_1"
    for held, body, now in (([secret], BODY, NOW + 301), ([secret], BODY, NOW - 301), ([new_secret()], BODY, NOW)):
        with pytest.raises(NotSigned):
            verify(held, headers, body, now=now)
    with pytest.raises(NotSigned):
        verify([secret], headers, BODY + b" ", now=NOW)


def test_a_secret_is_long_and_one_that_is_none_is_not_quoted() -> None:
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32
    with pytest.raises(ValueError, match="whsec_ and base64") as refusal:
        sign("whsec_not!base64", "msg_1", NOW, BODY)
    assert "not!base64" not in str(refusal.value)
