from typing import ClassVar

from django.db import models

from apps.interactions.models.dimensions import Agent
from cxplatform.imports.sourced import Imported, one_of, unique_in_source


class Author(models.TextChoices):
    CUSTOMER = "CUSTOMER"
    HUMAN = "HUMAN"
    BOT = "BOT"
    SYSTEM = "SYSTEM"


class Message(Imported):
    """Something written in an interaction's thread; never changed. Public: the customer reads it.

    It names its interaction by the id that one has in the same source, for it may be told before it.
    """

    interaction_external_id = models.CharField(max_length=200)
    at = models.DateTimeField()
    author = models.CharField(max_length=8, choices=Author)
    public = models.BooleanField(default=True)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [unique_in_source("message"), one_of("message", "author", Author.values)]
        indexes: ClassVar = [
            models.Index(fields=["source", "interaction_external_id", "at", "id"], name="message_of_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_external_id} {self.author} {self.at:%Y-%m-%d %H:%M:%S}"
