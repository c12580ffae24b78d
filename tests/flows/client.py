"""What a script against the product does: import a file, wait for its job, ask for numbers."""

import gzip
import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from apps.metrics.recompute import TOPICS
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.flows.programs import eventually

CSV, NDJSON = "text/csv", "application/x-ndjson"


@dataclass(frozen=True)
class Client:
    """A brand's admin, who imports, and its viewer, who reads."""

    address: str
    brand: BrandRef
    admin: str
    viewer: str

    def load(self, kind: str, body: bytes, *, content_type: str = CSV) -> dict[str, int]:
        """Send a gzipped file, wait until the worker has loaded it and made its numbers; how the rows fared."""
        sent = self.send(kind, body, content_type=content_type)
        eventually(lambda: self.status(sent)["state"] in ("DONE", "FAILED"), seconds=120)
        status = self.status(sent)
        assert status["state"] == "DONE", status
        eventually(self.numbers_are_made, seconds=120)
        return {name: status[name] for name in ("rows", "accepted", "updated", "duplicates", "rejected")}

    def send(self, kind: str, body: bytes, *, content_type: str = CSV) -> str:
        """Send a gzipped file; where to ask how it fares."""
        headers = {"Content-Type": content_type, "Content-Encoding": "gzip"}
        sent = _json(f"{self.address}/import/{kind}", self.admin, gzip.compress(body), headers)
        return str(sent["status"])

    def status(self, url: str) -> dict[str, Any]:
        """Ask how a file fares."""
        return _json(url, self.admin)

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Ask as the viewer; any error fails the test."""
        return self._ask(self.viewer, query, variables)

    def change(self, mutation: str, **variables: object) -> dict[str, Any]:
        """Change something as the admin; any error fails the test."""
        return self._ask(self.admin, mutation, variables)

    def _ask(self, token: str, query: str, variables: dict[str, object]) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        answer = _json(f"{self.address}/graphql", token, body, {"Content-Type": "application/json"})
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def numbers_are_made(self) -> bool:
        """Tell whether no day is left to be counted anew."""
        with brand_tx(self.brand, read_only=True):
            return not DirtyMark.objects.filter(topic__in=TOPICS).exists()


def client_of(brand: BrandRef, address: str) -> Client:
    """Add a brand's admin and viewer with a key each."""
    return Client(address, brand, _token(brand, Role.BRAND_ADMIN), _token(brand, Role.VIEWER))


def _token(brand: BrandRef, role: Role) -> str:
    now = timezone.now()
    with shared_tx():
        row = Brand.objects.get(pk=brand.id)
        email = f"{role.value.lower()}@{brand.slug}.example"
        member = add_member(email=email, name="Somebody", role=role, brand=row, now=now)
        return issue_key(member=member, name="flow", now=now)[1]


def _json(url: str, token: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    request = urllib.request.Request(url, body, {"Authorization": f"Bearer {token}", **(headers or {})})
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.load(response)
        return answer
