"""Secrets of a brand's senders, sealed."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import override_settings

from apps.surveys.sending.secrets import Unsealable, seal, unseal
from cxplatform.tenancy.brand import BrandRef

BRAND = BrandRef(UUID("01900000-0000-7000-8000-00000000ac3e"), "acme", "Acme", "UTC", "USD", "en", "ACTIVE")


def test_a_secret_opens_for_its_brand_and_use_alone() -> None:
    sealed = seal("whsec_x", BRAND, "sender")
    assert b"whsec_x" not in sealed
    assert unseal(sealed, BRAND, "sender") == "whsec_x"
    with pytest.raises(Unsealable):
        unseal(sealed, replace(BRAND, id=UUID(int=1)), "sender")
    with pytest.raises(Unsealable):
        unseal(sealed, BRAND, "reports")
    with override_settings(SECRET_KEY="another"), pytest.raises(Unsealable):
        unseal(sealed, BRAND, "sender")
