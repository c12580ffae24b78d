"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.customers.commands.consents import record_consent, set_consent_policy, set_contact_preferences
from apps.customers.commands.merging import merge_customers, split_customer
from apps.customers.commands.money import NewRate, record_exchange_rates, set_money_terms
from apps.customers.commands.privacy import erase_customer, export_customer
from apps.customers.commands.recording import record_customer, record_order, record_referral
from apps.customers.commands.segments import create_segment, retire_segment, update_segment

__all__ = [
    "NewRate",
    "create_segment",
    "erase_customer",
    "export_customer",
    "merge_customers",
    "record_consent",
    "record_customer",
    "record_exchange_rates",
    "record_order",
    "record_referral",
    "retire_segment",
    "set_consent_policy",
    "set_contact_preferences",
    "set_money_terms",
    "split_customer",
    "update_segment",
]
