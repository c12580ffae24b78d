"""What every imported row has: an identity in the system it came from."""

from django.db import models

from cxplatform.ids import uuid7


class Imported(models.Model):
    """A row known by (source, external_id); a concrete model lists `unique_in_source(name)` among its constraints."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=64, default="import")
    external_id = models.CharField(max_length=200)
    version = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def unique_in_source(table: str) -> models.UniqueConstraint:
    """Make the constraint that keeps (source, external_id) unique in one table."""
    return models.UniqueConstraint(fields=["source", "external_id"], name=f"{table}_unique_in_source")


def at_least_zero(table: str, *fields: str) -> list[models.CheckConstraint]:
    """Make a check per field: unknown, or not negative."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0}),
            name=f"{table}_{field}_not_negative",
        )
        for field in fields
    ]


def one_of(table: str, field: str, values: list[str]) -> models.CheckConstraint:
    """Make the check that a text column holds one of the known values."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=f"{table}_{field}_known")
