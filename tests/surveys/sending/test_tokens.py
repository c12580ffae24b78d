"""Tokens of invitations: random, of one spelling, and nothing but their hash leads back."""

import base64
import hashlib
from uuid import UUID

import pytest

from apps.surveys.sending.tokens import new_token, read_token
from cxplatform.tenancy.brand import BrandRef

BRAND = BrandRef(UUID("01900000-0000-7000-8000-00000000ac3e"), "acme", "Acme", "UTC", "USD", "en", "ACTIVE")


def test_a_token_tells_its_brand_and_what_it_is_looked_up_by() -> None:
    token, hashed = new_token(BRAND)
    assert len(token) == 43
    assert read_token(token) == (BRAND.id, hashed)
    raw = base64.urlsafe_b64decode(token + "=")
    assert raw[:16] == BRAND.id.bytes
    assert hashed == hashlib.sha256(raw).digest()
    assert new_token(BRAND)[0] != token


@pytest.mark.parametrize("wrong", ["", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "\n", "+" * 43, "a" * 41 + "=="])
def test_what_is_no_token_is_told_from_one(wrong: str) -> None:
    assert read_token(wrong) is None


def test_a_token_has_one_spelling() -> None:
    token, _ = new_token(BRAND)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = alphabet[alphabet.index(token[-1]) + 1]
    assert base64.urlsafe_b64decode(token[:-1] + same_bytes + "=") == base64.urlsafe_b64decode(token + "=")
    assert read_token(token[:-1] + same_bytes) is None
