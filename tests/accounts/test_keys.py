"""API keys: their form, their hash, and that no secret is kept or shown again."""

import hashlib
import hmac

import pytest

from apps.accounts import keys


def test_a_token_is_split_into_its_two_parts():
    new = keys.make_key()

    assert keys.parse_token(new.token) == (new.public_id, new.token.split("_")[2])


def test_the_hash_is_a_peppered_sha256(settings):
    settings.CX_KEY_PEPPER = "pepper"

    assert keys.hash_secret("s") == hmac.new(b"pepper", b"s", hashlib.sha256).digest()


def test_another_pepper_matches_nothing(settings):
    settings.CX_KEY_PEPPER = "one"
    kept = keys.hash_secret("s")

    settings.CX_KEY_PEPPER = "two"

    assert keys.matches("s", kept) is False


@pytest.mark.parametrize(
    "token",
    ["", "cx_", "cx_abc_def", "bearer", "cx_" + "a" * 12 + "_" + "b" * 42, "cx_" + "a" * 12 + "_" + "b" * 44,
     "CX_" + "a" * 12 + "_" + "b" * 43, "cx_" + "é" * 12 + "_" + "b" * 43, "cx_" + "a" * 12 + "_" + "b" * 43 + "\n"],
)  # fmt: skip
def test_what_has_not_a_tokens_form_is_no_token(token):
    assert keys.parse_token(token) is None


def test_a_new_key_does_not_show_its_token_in_a_log():
    new = keys.make_key()

    assert new.token.split("_")[2] not in repr(new)


def test_two_keys_differ():
    assert keys.make_key().token != keys.make_key().token
