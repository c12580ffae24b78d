"""When an interaction was resolved, as far as its row knows, for all metrics that need to agree on it.

A row knows the last resolution, and every moment at which it was opened again; one that was derived from events
the first resolution, too. That somebody opened it again says that it was resolved before, but not when: of any
other row the first resolution is known where it is the last one as well.
"""

# As long as a contact may take to be resolved, or to be opened again, and count as resolved in time or opened again.
DAYS = 7
WITHIN = f"interval '{DAYS * 24} hours'"

IS_REOPENED = "cardinality(f.reopened_at) > 0"
EVER_RESOLVED = f"(f.resolved_at IS NOT NULL OR f.resolved IS TRUE OR {IS_REOPENED})"
# Opened again before the last resolution, so there was one before that.
_RESOLVED_TWICE = "f.resolved_at >= ANY(f.reopened_at)"
FIRST_RESOLVED_AT = f"coalesce(f.first_resolved_at, CASE WHEN ({_RESOLVED_TWICE}) IS NOT TRUE THEN f.resolved_at END)"
