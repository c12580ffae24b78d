from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from apps.surveys.models.invitation import Invitation

THE_ROW: Final = 1


class SurveySending(models.Model):
    """In whose name a brand's surveys are sent and by what: one row, made when it is first set.

    `pages_url` is where its customers find pages; short messages and chats go to senders of the brand's own, signed
    with `sender_secret`, and what became of messages comes back signed with `report_secret`. Both are sealed.
    """

    id = models.BigIntegerField(primary_key=True, default=THE_ROW, editable=False)
    from_name = models.CharField(max_length=100, blank=True)
    from_address = models.CharField(max_length=254, null=True, blank=True)
    pages_url = models.CharField(max_length=300, null=True, blank=True)
    sms_url = models.CharField(max_length=500, null=True, blank=True)
    chat_url = models.CharField(max_length=500, null=True, blank=True)
    sender_secret = models.BinaryField(max_length=300)
    report_secret = models.BinaryField(max_length=300)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=THE_ROW), name="survey_sending_one_row"),
        ]

    def __str__(self) -> str:
        return self.from_name


class FormerToken(models.Model):
    """The hash of a token that an invitation had before its reminder: the link of the first message opens it still."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="former_tokens")

    def __str__(self) -> str:
        return str(self.invitation_id)
