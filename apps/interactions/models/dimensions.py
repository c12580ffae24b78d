"""What interactions are counted by; each is made when first named and known by its key."""

from typing import ClassVar

from django.db import models

from cxplatform.ids import uuid7


class _Keyed(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Queue(_Keyed):
    """Where contacts wait."""


class Team(_Keyed):
    """A group of agents."""


class Agent(_Keyed):
    """Who handled a contact, as the source system names it; linked to a member where that is known."""

    member_id = models.UUIDField(null=True, blank=True, unique=True, help_text="a member in the shared schema")


class Reason(models.Model):
    """A contact reason: a node of the tree of why customers contact, known by its path."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=300, unique=True, help_text="names from the root, joined by /")
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(path=models.F("name")),
                name="reason_root_is_its_path",
            ),
        ]

    def __str__(self) -> str:
        return self.path
