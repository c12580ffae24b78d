"""A live process of its own, and two brands with a running import each."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.utils import timezone

from apps.accounts import commands
from apps.accounts.models import Brand
from apps.accounts.permissions import BRAND_ROLES, Role
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.imports.models import ImportJob
from cxplatform.imports.progress import progress_topic
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from cxplatform.tenancy.topics import publish
from tests.live.processes import live_process


@pytest.fixture(scope="session")
def live_url(django_db_setup: None) -> Iterator[str]:
    """Start the live process on the worker's database; its address without a scheme."""
    with live_process("tests.live.watchful:application") as process:
        yield process.url


@dataclass(frozen=True)
class Following:
    """Somebody of a brand, and an import of that brand."""

    brand: BrandRef
    token: str
    job: UUID

    @property
    def job_id(self) -> str:
        return global_id("ImportJob", self.job)

    def change(self, **values: object) -> None:
        """Change the import and tell of it, as a chunk does."""
        self.change_silently(**values)
        publish(progress_topic(self.brand.id, self.job))

    def change_silently(self, **values: object) -> None:
        """Change the import as one does who is killed before it can tell."""
        with brand_tx(self.brand):
            ImportJob.objects.filter(pk=self.job).update(**values)


@pytest.fixture
def following(committed: None, acme: BrandRef, globex: BrandRef) -> dict[str, Following]:
    return {
        brand.slug: Following(brand, person(brand, Role.BRAND_ADMIN).token, _job(brand)) for brand in (acme, globex)
    }


@dataclass(frozen=True)
class Person:
    """Somebody with a key."""

    member: UUID
    key: UUID
    token: str


def person(brand: BrandRef, role: Role, mailbox: str | None = None) -> Person:
    """Make somebody of the brand, or of the provider with a grant for this brand alone."""
    now = timezone.now()
    with shared_tx():
        row = Brand.objects.get(pk=brand.id)
        home = row if role in BRAND_ROLES else None
        member = commands.add_member(
            email=f"{mailbox or role.value.lower()}@{brand.slug}.example",
            name="Somebody",
            role=role,
            brand=home,
            grants=() if home else (row,),
            now=now,
        )
        key, token = commands.issue_key(member=member, name="live", now=now)
    return Person(member.id, key.id, token)


def _job(brand: BrandRef) -> UUID:
    with brand_tx(brand):
        job = ImportJob.objects.create(
            id=uuid7(),
            kind="customers",
            format="csv",
            state="RUNNING",
            file_name="x",
            bytes_total=100,
            created_at=timezone.now(),
        )
    return job.id
