from typing import ClassVar

from django.db import models
from django.db.models import Q

from cxplatform.imports.sourced import Imported, one_of, unique_in_source


class Customer(Imported):
    """A person the brand serves; the one home of personal data."""

    name = models.CharField(max_length=200, null=True, blank=True)
    email = models.CharField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=50, null=True, blank=True)
    language = models.CharField(max_length=35, null=True, blank=True)
    country = models.CharField(max_length=2, null=True, blank=True, help_text="ISO 3166-1 alpha-2")
    segment = models.CharField(max_length=100, null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    churned_at = models.DateTimeField(null=True, blank=True)
    attributes = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("customer"),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(country__regex=r"^[A-Z]{2}$"),
                name="customer_country_is_iso",
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True)
                | Q(churned_at__isnull=True)
                | Q(churned_at__gte=models.F("joined_at")),
                name="customer_churned_after_joining",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="customer_in_time")]

    def __str__(self) -> str:
        return self.external_id


class OrderKind(models.TextChoices):
    PURCHASE = "PURCHASE"
    REFUND = "REFUND"
    RENEWAL = "RENEWAL"
    EXPANSION = "EXPANSION"
    CONTRACTION = "CONTRACTION"
    CANCELLATION = "CANCELLATION"


class Order(Imported):
    """Money a customer paid or took back; `amount` is positive, the kind gives the sign."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
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
        indexes: ClassVar = [models.Index(fields=["customer", "ordered_at"], name="order_of_customer")]
