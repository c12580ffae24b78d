"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.customers.commands.money import NewRate, record_exchange_rates, set_money_terms
from apps.customers.commands.privacy import erase_customer, export_customer
from apps.customers.commands.recording import record_customer, record_order, record_referral

__all__ = [
    "NewRate",
    "erase_customer",
    "export_customer",
    "record_customer",
    "record_exchange_rates",
    "record_order",
    "record_referral",
    "set_money_terms",
]
