"""Where a socket comes from: strangers behind our proxy are counted apart, and nobody else's word is taken."""

from typing import Any

import pytest

from cxplatform.graphql.live.asgi_types import address


@pytest.mark.parametrize(
    ("trusted", "counted"), [([], "10.87.6.4"), (["10.87.6.0/24"], "203.0.113.9"), (["192.0.2.0/24"], "10.87.6.4")]
)
def test_a_proxy_of_ours_is_believed(settings: Any, trusted: list[str], counted: str) -> None:
    settings.CX_TRUSTED_PROXIES = trusted

    assert address({"client": ("10.87.6.4", 50_000), "headers": [(b"x-forwarded-for", b"203.0.113.9")]}) == counted
