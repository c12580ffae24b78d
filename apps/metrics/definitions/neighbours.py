"""What FCR and the repeat-contact rate count, so that both agree."""

from apps.metrics.definitions.parts import Component, Reason

CONTACTS = Component("contacts", "f.identified")
REPEATED = Component("repeated", "f.identified AND f.repeated")
FIRST = Component("first", "f.identified AND f.preceded IS NOT TRUE")
FIRST_RESOLVED = Component("first_resolved", f"{FIRST.where} AND f.repeated IS NOT TRUE AND f.reopened IS NOT TRUE")
UNIDENTIFIED = Component(
    "unidentified",
    "NOT f.identified",
    reasons=(
        Reason("Neither its customer nor its reason is known.", "f.customer_id IS NULL AND f.reason_id IS NULL"),
        Reason("Its customer is unknown.", "f.customer_id IS NULL"),
        Reason("Its reason is unknown."),
    ),
)
