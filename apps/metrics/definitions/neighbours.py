"""What FCR and the repeat-contact rate count, so that both agree."""

from apps.metrics.definitions.parts import Component

CONTACTS = Component("contacts", "f.identified")
REPEATED = Component("repeated", "f.identified AND f.repeated")
FIRST = Component("first", "f.identified AND f.preceded IS NOT TRUE")
FIRST_RESOLVED = Component("first_resolved", f"{FIRST.where} AND f.repeated IS NOT TRUE AND f.reopened IS NOT TRUE")
UNIDENTIFIED = Component("unidentified", "NOT f.identified")
