from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from apps.customers.consents.models import (
    ConsentPolicy,
    ConsentRecord,
    ContactChannel,
    ContactPreference,
    ContactPurpose,
)
from apps.customers.identities.models import IdentityChange, IdentityChangeKind, IdentityRow
from apps.customers.identities.normalising import PLAIN_EMAIL, PLAIN_PHONE
from apps.customers.segments.models import Segment, SegmentMember, SegmentStay, SegmentVersion
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, one_of, unique_in_source

# Where who has no score comes in the order of scores: after everybody who has one.
UNSCORED: Final = 101.0

__all__ = [
    "UNSCORED",
    "ConsentPolicy",
    "ConsentRecord",
    "ContactChannel",
    "ContactPreference",
    "ContactPurpose",
    "Customer",
    "CustomerIdentity",
    "ExchangeRate",
    "IdentityChange",
    "IdentityChangeKind",
    "IdentityRow",
    "MoneyTerms",
    "Order",
    "OrderKind",
    "Referral",
    "Segment",
    "SegmentMember",
    "SegmentStay",
    "SegmentVersion",
]


class Customer(Imported):
    """A person the brand serves; the one home of personal data.

    One that was `merged_into` another is an identity of that one's: its row holds what its source tells of it, and
    nothing names it but what came in under it. `merged_into` is never one that was merged itself.
    """

    name = models.CharField(max_length=200, null=True, blank=True)
    email = models.CharField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=50, null=True, blank=True)
    language = models.CharField(max_length=35, null=True, blank=True)
    country = models.CharField(max_length=2, null=True, blank=True, help_text="ISO 3166-1 alpha-2")
    segment = models.CharField(max_length=100, null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    churned_at = models.DateTimeField(null=True, blank=True)
    attributes = models.JSONField(null=True, blank=True)
    # How it fared when that was last reckoned (`apps/customers/health.py`), and the same to order by, without a null.
    health_score = models.FloatField(null=True, blank=True, help_text="0 to 100; null where too little is known")
    health_order = models.FloatField(default=UNSCORED, db_default=UNSCORED)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="identities", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            unique_in_source("customer"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="customer_merged_into_another"
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(country__regex=r"^[A-Z]{2}$"),
                name="customer_country_is_iso",
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True) | Q(churned_at__isnull=True) | Q(churned_at__gte=F("joined_at")),
                name="customer_churned_after_joining",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="customer_in_time"),
            models.Index(
                fields=["merged_into", "created_at", "id"],
                condition=Q(merged_into__isnull=False),
                name="customer_identities",
            ),
            models.Index(
                fields=["health_order", "id"], condition=Q(merged_into__isnull=True), name="customer_by_health"
            ),
            models.Index(PLAIN_EMAIL, condition=Q(email__isnull=False), name="customer_by_email"),
            models.Index(PLAIN_PHONE, condition=Q(phone__isnull=False), name="customer_by_phone"),
        ]

    def __str__(self) -> str:
        return self.external_id


class _Merged(models.Manager["CustomerIdentity"]):
    def get_queryset(self) -> "models.QuerySet[CustomerIdentity]":
        return super().get_queryset().filter(merged_into__isnull=False)


class CustomerIdentity(Customer):
    """A customer that was merged into another one, as what it is by now."""

    objects: ClassVar[models.Manager["CustomerIdentity"]] = _Merged()

    class Meta:
        proxy = True


class OrderKind(models.TextChoices):
    PURCHASE = "PURCHASE"
    REFUND = "REFUND"
    RENEWAL = "RENEWAL"
    EXPANSION = "EXPANSION"
    CONTRACTION = "CONTRACTION"
    CANCELLATION = "CANCELLATION"


class Order(Imported):
    """Money a customer paid or took back; `amount` is positive, the kind gives the sign."""

    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders", db_index=False)
    ordered_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=18, decimal_places=4, help_text="in major units of the currency")
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    kind = models.CharField(max_length=12, choices=OrderKind, default=OrderKind.PURCHASE)

    class Meta:
        db_table = "customers_order"
        constraints: ClassVar = [
            unique_in_source("order"),
            one_of("order", "kind", OrderKind.values),
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_amount_positive"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="order_currency_is_iso"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "ordered_at", "id"], include=["kind"], name="order_by_customer"),
            models.Index(
                fields=["customer", "ordered_at", "id"],
                condition=~Q(kind__in=[OrderKind.PURCHASE, OrderKind.REFUND]),
                name="subscription_by_customer",
            ),
        ]


class Referral(Imported):
    """That a customer brought another one."""

    # Both are indexed below, with when and which.
    referrer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="referrals", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    referred_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            unique_in_source("referral"),
            models.CheckConstraint(condition=~Q(referrer=F("customer")), name="referral_of_another"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["referrer", "referred_at", "id"], name="referral_by_referrer"),
            models.Index(fields=["customer", "referred_at", "id"], name="referral_by_customer"),
        ]


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the brand's, from an instant on until the next rate; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    effective_from = models.DateTimeField()
    rate = models.FloatField(help_text="in the brand's currency")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["currency", "effective_from"], name="exchange_rate_once_an_instant"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["effective_from", "id"], name="exchange_rate_in_time")]

    def __str__(self) -> str:
        return f"{self.currency} {self.effective_from:%Y-%m-%d}"


class MoneyTerms(models.Model):
    """How the brand reckons with money, where it does not as most do. One row, or none."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    gross_margin = models.FloatField(help_text="the share of revenue that stays")
    monthly_discount = models.FloatField(help_text="by how much a month's wait makes money worth less")
    inactive_after_gaps = models.FloatField(help_text="in gaps as are usual between two purchases")
    least_p_alive = models.FloatField(help_text="whoever is less likely still a customer is taken for lost")

    def __str__(self) -> str:
        return f"margin {self.gross_margin}"
