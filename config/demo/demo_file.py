"""`demo.json`: where everything is, and the keys to it, for whoever scripts against the demo."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from apps.accounts.commands import issue_key
from apps.accounts.keys import matches, parse_token
from apps.accounts.models import Member
from apps.accounts.selectors import key_by_public_id
from config.demo.cast import Cast
from cxplatform.embedded.private_files import write_private
from cxplatform.tenancy.doors import shared_tx

_KEY_NAME = "demo"


def write_demo_file(path: Path, cast: Cast, *, port: int, live_port: int, now: datetime) -> dict[str, str]:
    """Write the file unless it says just that already; return the tokens of the brands' administrators, by slug.

    Its tokens are kept; one that is lost is made anew.
    """
    kept = _read(path)
    with shared_tx():
        token = _tokens(kept, now)
        wanted: dict[str, Any] = _addresses(port, live_port) | {
            "provider": {name: token(member, ("provider", name)) for name, member in cast.provider.items()},
            "brands": [
                {"slug": slug} | {name: token(member, (slug, name)) for name, member in people.items()}
                for slug, people in cast.brands.items()
            ],
        }
    if wanted != kept or path.stat().st_mode & 0o077:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, json.dumps(wanted, indent=1) + "\n")
    return {brand["slug"]: brand["admin"] for brand in wanted["brands"]}


def _addresses(port: int, live_port: int) -> dict[str, Any]:
    return {
        "graphql": f"http://127.0.0.1:{port}/graphql",
        "import": f"http://127.0.0.1:{port}/import",
        "ws": f"ws://127.0.0.1:{live_port}/graphql/ws",
        "sse": f"http://127.0.0.1:{live_port}/graphql/stream",
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _tokens(kept: dict[str, Any], now: datetime) -> Callable[[Member, tuple[str, str]], str]:
    """Return how to get a member's token: the kept one if it still opens the door, else that of a new key."""
    known: dict[tuple[str, str], object] = {}
    for owner, tokens in _owners(kept):
        known |= {(owner, name): token for name, token in tokens.items()}

    def token(member: Member, place: tuple[str, str]) -> str:
        old = known.get(place)
        if isinstance(old, str) and _opens(old, member, now):
            return old
        return issue_key(member=member, name=_KEY_NAME, now=now)[1]

    return token


def _owners(kept: dict[str, Any]) -> list[tuple[str, dict[str, object]]]:
    provider, brands = kept.get("provider"), kept.get("brands")
    found = [("provider", provider)] if isinstance(provider, dict) else []
    if isinstance(brands, list):
        found += [(str(brand.get("slug")), brand) for brand in brands if isinstance(brand, dict)]
    return found


def _opens(token: str, member: Member, now: datetime) -> bool:
    parts = parse_token(token)
    key = key_by_public_id(parts[0]) if parts else None
    if parts is None or key is None or key.member_id != member.pk:
        return False
    in_force = key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
    return in_force and matches(parts[1], bytes(key.secret_hash))
