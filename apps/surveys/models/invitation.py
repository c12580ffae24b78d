from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer
from apps.journeys.models import Touchpoint
from apps.surveys.models.campaign import Campaign, SendingChannel
from apps.surveys.models.survey import Survey
from apps.surveys.models.version import SurveyVersion
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, one_of, unique_in_source


class InvitationState(models.TextChoices):
    PLANNED = "PLANNED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    OPENED = "OPENED"
    STARTED = "STARTED"
    ANSWERED = "ANSWERED"
    EXPIRED = "EXPIRED"
    BOUNCED = "BOUNCED"
    DECLINED = "DECLINED"
    SUPPRESSED = "SUPPRESSED"


class Invitation(Imported):
    """A customer asked to answer a survey, once for one occasion, and how far that went.

    The state is the furthest that was reached; the moments of all that were are kept. Brands that send by
    themselves import theirs, which have no form and no token. `occasion` says what it is asked for, and a campaign
    asks for one only once; `why` says why it was not sent, bounced or was declined. Of the token only its SHA-256 is
    stored.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    form = models.ForeignKey(
        SurveyVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations", db_index=False
    )
    occasion = models.CharField(max_length=200, null=True, blank=True)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations", db_index=False
    )
    # Named as answers name theirs: by external id, within the source that the invitation has from it.
    interaction_external_id = models.CharField(max_length=200, null=True, blank=True)
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=5, choices=SendingChannel)
    language = models.CharField(max_length=35, null=True, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState)
    why = models.CharField(max_length=30, null=True, blank=True)
    planned_for = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it expired, bounced or was declined")
    expires_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    reminded = models.SmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, null=True, blank=True, help_text="of the last message, as its sender")
    # Written before a message is handed over and emptied after: what a dead worker leaves may have gone out or not.
    sending_since = models.DateTimeField(null=True, blank=True)
    tries = models.SmallIntegerField(default=0, help_text="how often a message was not taken")

    class Meta:
        constraints: ClassVar = [
            unique_in_source("invitation"),
            one_of("invitation", "state", InvitationState.values),
            one_of("invitation", "channel", SendingChannel.values),
            models.UniqueConstraint(fields=["campaign", "occasion"], name="invitation_once_an_occasion"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["planned_for"], condition=Q(state=InvitationState.PLANNED), name="invitation_planned"),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="invitation_to_remind"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=["SENT", "DELIVERED", "OPENED", "STARTED"]),
                name="invitation_to_expire",
            ),
            models.Index(fields=["sent_at", "id"], name="invitation_in_time"),
            models.Index(fields=["customer", "sent_at", "id"], name="invitation_of_customer"),
            models.Index(fields=["campaign", "sent_at", "id"], name="invitation_of_campaign"),
            models.Index(
                fields=["sending_since"], condition=Q(sending_since__isnull=False), name="invitation_being_sent"
            ),
            models.Index(fields=["message_id"], name="invitation_message"),
            models.Index(fields=["created_at", "id"], name="invitation_newest"),
            models.Index(fields=["campaign", "created_at", "id"], name="invitation_newest_of_campaign"),
        ]


class InvitationEvent(models.Model):
    """Something that happened to an invitation; never changed. What came too late to move its state is here too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="events", db_index=False)
    state = models.CharField(max_length=10, choices=InvitationState)
    at = models.DateTimeField()
    why = models.CharField(max_length=30, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [one_of("invitation_event", "state", InvitationState.values)]
        indexes: ClassVar = [models.Index(fields=["invitation", "at", "id"], name="invitation_event_of")]

    def __str__(self) -> str:
        return f"{self.state} {self.at}"
