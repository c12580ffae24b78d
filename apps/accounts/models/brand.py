from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django.db import models
from django_tenants.models import TenantMixin

from apps.accounts.snapshots import BrandSnapshot
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import schema_name


class Brand(TenantMixin):  # type: ignore[misc]  # django-tenants ships no types
    """A client brand: the tenant. Its schema and role are made by a job, never by saving this row."""

    class Status(models.TextChoices):
        REQUESTED = "REQUESTED"
        ACTIVE = "ACTIVE"
        SUSPENDED = "SUSPENDED"
        FAILED = "FAILED"

    auto_create_schema = False
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    locale = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    vertical = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.REQUESTED)
    failure = models.TextField(blank=True, help_text="why its schema could not be made; empty unless FAILED")
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=["REQUESTED", "ACTIVE", "SUSPENDED", "FAILED"]),
                name="brand_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"),
                name="brand_slug_is_a_host_label",
            ),
            models.CheckConstraint(condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="brand_currency_is_iso"),
            models.CheckConstraint(
                condition=models.Q(schema_name__regex=r"^b_[0-9a-f]{32}$"), name="brand_schema_is_generated"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.schema_name = schema_name(self.id)
        models.Model.save(self, *args, **kwargs)

    def ref(self) -> BrandSnapshot:
        """Return what may leave the shared door."""
        identity: UUID = self.id
        described = (self.slug, self.name, self.time_zone, self.currency, self.locale, str(self.status))
        return BrandSnapshot(identity, *described, vertical=self.vertical, failure=self.failure)

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("django-tenants' switching of schemas is not used here; open a door.")

    __enter__ = __exit__ = activate = deactivate = create_schema = _drop_schema = _refuse
