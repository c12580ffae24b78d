"""What customers allowed and wish, and whether they may be contacted."""

from typing import Any

import strawberry
import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.consents.enums import ContactChannel, ContactPurpose, ContactReason
from apps.customers.graphql.consents.lists import CONSENT_ORDERS, ConsentRecordWhere
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


def _of_visible(queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
    if info.context.rights.only_own_work:
        return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("customer_id"))))
    return queryset


@strawberry_django.type(models.ConsentRecord, description="That a customer allowed or forbade contact; never changed.")
class ConsentRecord(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("at",)

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    purpose: ContactPurpose = column("What for.")
    channel: ContactChannel | None = column("How; null is any channel.")
    granted: auto = column("Whether it was allowed.")
    at: auto = column("When it was said.")
    said_where: auto = column("Where it was said, such as web form or call.")
    text_version: auto = column("The version of the text that was agreed to.")
    customer: Customer | None = relation("Who said it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_visible(queryset, info)


@strawberry_django.type(models.ContactPreference, description="How a customer wishes to be contacted.")
class ContactPreference(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ()

    channel: ContactChannel | None = column("How, where there is a choice.")
    language: auto = column("In which language, a BCP 47 tag.")
    quiet_from: str | None = column("From when on nobody should be contacted, by the brand's clock.")
    quiet_until: str | None = column("Until when; of the next day, where that is earlier.")
    updated_at: auto = column("When this was last said.")
    customer: Customer | None = relation("Whose wishes they are.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_visible(queryset, info)


@strawberry.type(description="Whether a customer may be contacted.")
class ContactDecision:
    allowed: bool = column("Whether it may.")
    reason: ContactReason = column("Why.")


@strawberry.type(description="What holds for customers who said nothing.")
class ConsentPolicy:
    purpose: ContactPurpose = column("What for.")
    opt_in: bool = column("Whether only who allowed it is contacted; otherwise everybody who did not forbid it.")


extend(
    Customer,
    "consents",
    Connection[ConsentRecord] | None,
    child_connection(
        Children(ConsentRecord, CONSENT_ORDERS, ConsentRecordWhere, ("customer_id",)),
        description="What this customer allowed and forbade; the latest first.",
    ),
)
extend(
    Customer,
    "contact_preference",
    ContactPreference | None,
    relation("How this customer wishes to be contacted.", attributes=("id",), columns=("customer_id",)),
)

timeline_source("CONSENT", ConsentRecord, "at", "It allowed or forbade contact.")
