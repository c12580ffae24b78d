from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.consents.models import CLOCK
from apps.journeys.models import JourneyStage, Touchpoint
from apps.surveys.models.survey import Survey
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import at_least_zero, one_of


class CampaignState(models.TextChoices):
    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class Trigger(models.TextChoices):
    """What makes a customer somebody to be asked."""

    INTERACTION_RESOLVED = "INTERACTION_RESOLVED"
    STAGE_REACHED = "STAGE_REACHED"
    TOUCHPOINT_EVENT = "TOUCHPOINT_EVENT"
    ORDERED = "ORDERED"
    DATE = "DATE"
    BY_HAND = "BY_HAND"


class SendingChannel(models.TextChoices):
    """How a question reaches customers. LINK: whoever asked for the invitation passes its address on."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    CHAT = "CHAT"
    LINK = "LINK"


class Campaign(models.Model):
    """Whom a survey is put to, when, how and how often.

    `delay_seconds` after what happened ("a week later") the customer is asked. A delivered order is an event of the
    touchpoint named. Quiet hours are by the customer's clock, and by the brand's where the customer's is not known;
    `quiet_until` may be of the next day. Quotas count invitations that were sent, by the brand's days.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="campaigns")
    state = models.CharField(max_length=7, choices=CampaignState)
    state_since = models.DateTimeField()
    trigger = models.CharField(max_length=20, choices=Trigger)
    # What happens before the campaign ran is nobody's occasion.
    running_since = models.DateTimeField(null=True, blank=True)
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey(JourneyStage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField(null=True, blank=True)
    conditions = models.JSONField(default=dict, help_text="of the customer: rules as segments know them")
    channel = models.CharField(max_length=5, choices=SendingChannel)
    delay_seconds = models.IntegerField(default=0)
    sample = models.FloatField(default=1, help_text="the share of occasions that is asked, 0 to 1")
    quota_a_day = models.IntegerField(null=True, blank=True)
    quota = models.IntegerField(null=True, blank=True)
    quiet_from = models.CharField(max_length=5, null=True, blank=True, help_text="HH:MM")
    quiet_until = models.CharField(max_length=5, null=True, blank=True, help_text="HH:MM")
    cooldown_days = models.SmallIntegerField(default=30, help_text="since any survey asked the customer last")
    reminders = models.SmallIntegerField(default=0)
    remind_after_days = models.SmallIntegerField(default=3)
    open_days = models.SmallIntegerField(default=14, help_text="how long an invitation may be answered")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # How far what happened was looked through: see `campaigns/planning.py`.
    looked_until = models.DateTimeField(null=True, blank=True)
    looked_back_at = models.DateTimeField(null=True, blank=True, help_text="when all that may come late was looked at")
    look_at = models.DateTimeField(null=True, blank=True, help_text="where a look that is under way stands")
    look_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("campaign", "state", CampaignState.values),
            one_of("campaign", "trigger", Trigger.values),
            one_of("campaign", "channel", SendingChannel.values),
            *at_least_zero("campaign", "delay_seconds", "cooldown_days", "reminders"),
            models.CheckConstraint(condition=Q(sample__gte=0, sample__lte=1), name="campaign_sample_share"),
            models.CheckConstraint(condition=Q(open_days__gte=1, remind_after_days__gte=1), name="campaign_days"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__regex=CLOCK, quiet_until__regex=CLOCK),
                name="campaign_quiet_hours",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="campaign_in_time")]

    def __str__(self) -> str:
        return self.key
