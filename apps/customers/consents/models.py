"""What customers agreed to be contacted for and how, as it was said, and how they wish it done."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, one_of, unique_in_source

CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class ContactPurpose(models.TextChoices):
    SURVEYS = "SURVEYS"
    OUTREACH = "OUTREACH"


class ContactChannel(models.TextChoices):
    EMAIL = "EMAIL"
    SMS = "SMS"
    PHONE = "PHONE"
    CHAT = "CHAT"


class ConsentRecord(Imported):
    """That a customer allowed or forbade contact for a purpose, by a channel or by any; never changed."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=8, choices=ContactPurpose)
    channel = models.CharField(max_length=5, choices=ContactChannel, null=True, blank=True)
    granted = models.BooleanField()
    at = models.DateTimeField()
    said_where = models.CharField(max_length=100, null=True, blank=True, help_text="such as web form or call")
    text_version = models.CharField(max_length=100, null=True, blank=True, help_text="of what was agreed to")

    class Meta:
        constraints: ClassVar = [
            unique_in_source("consent_record"),
            one_of("consent_record", "purpose", ContactPurpose.values),
            models.CheckConstraint(
                condition=Q(channel__isnull=True) | Q(channel__in=ContactChannel.values),
                name="consent_record_channel_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "at", "id"], name="consent_record_of_customer")]


class ContactPreference(models.Model):
    """How a customer wishes to be contacted. One row a customer, or none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.OneToOneField("customers.Customer", on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=ContactChannel, null=True, blank=True)
    language = models.CharField(max_length=35, null=True, blank=True)
    quiet_from = models.CharField(max_length=5, null=True, blank=True, help_text="HH:MM by the brand's clock")
    quiet_until = models.CharField(max_length=5, null=True, blank=True, help_text="HH:MM; may be of the next day")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__regex=CLOCK, quiet_until__regex=CLOCK),
                name="contact_preference_quiet_hours",
            ),
            models.CheckConstraint(
                condition=Q(channel__isnull=True) | Q(channel__in=ContactChannel.values),
                name="contact_preference_channel_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.customer_id)


class ConsentPolicy(models.Model):
    """Whether customers who said nothing may be contacted for a purpose, where the brand decided so."""

    purpose = models.CharField(max_length=8, primary_key=True, choices=ContactPurpose)
    opt_in = models.BooleanField(help_text="only who allowed it is contacted")

    def __str__(self) -> str:
        return self.purpose
