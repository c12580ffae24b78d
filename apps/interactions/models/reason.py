"""Why customers contact: a tree, what it was at any time, and the paths that led to its nodes before."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from apps.journeys.models import Touchpoint
from cxplatform.ids import uuid7

LONGEST_PATH: Final = 300
LONGEST_NAME: Final = 100
MOST_LEVELS: Final = 10


class Reason(models.Model):
    """A contact reason: a node of the tree, known by its path; it keeps its id whatever becomes of that.

    One that was merged into another keeps the path it had, which leads to the other (`ReasonAlias`) and may be taken
    by that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=LONGEST_PATH, help_text="names from the root, joined by /")
    name = models.CharField(max_length=LONGEST_NAME)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["path"], condition=Q(merged_into__isnull=True), name="reason_path_leads_to_one"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(path=F("name")), name="reason_root_is_its_path"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="reason_not_below_itself"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired_at__isnull=False), name="reason_merged_is_retired"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path", "id"], name="reason_by_path"),
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="reason_under_path"),
        ]

    def __str__(self) -> str:
        return self.path


class ReasonAlias(models.Model):
    """A path that led to a reason before: a path leads to one reason for ever, unless that takes it again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = models.CharField(max_length=LONGEST_PATH, unique=True)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="aliases")

    def __str__(self) -> str:
        return self.path


class ReasonVersion(models.Model):
    """What a reason was over a span of time; only `until` is ever written again, once.

    `number` is the tree's: every change of it has the next one, whatever it changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="null while it holds")
    path = models.CharField(max_length=LONGEST_PATH)
    name = models.CharField(max_length=LONGEST_NAME)
    parent = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reason", "number"], name="reason_version_numbered"),
            models.UniqueConstraint(
                fields=["reason"], condition=Q(until__isnull=True), name="reason_version_one_holds"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="reason_version_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["number", "id"], name="reason_version_in_order"),
            models.Index(fields=["path", "id"], name="reason_version_by_path"),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.number})"


class ReasonTouchpoint(models.Model):
    """That a reason arises at a touchpoint."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="touchpoints")
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="reasons")
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reason", "touchpoint"], name="reason_touchpoint_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["linked_at", "id"], name="reason_touchpoint_in_time")]

    def __str__(self) -> str:
        return f"{self.reason_id}/{self.touchpoint_id}"
