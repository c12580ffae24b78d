"""Which interactions count as offered, answered and abandoned, for all metrics that need to agree on it."""

from apps.metrics.definitions.parts import Component

SHORT_ABANDON_SECONDS = 5

IS_ANSWERED = "f.answered AND NOT f.abandoned"
IS_SHORT = f"f.abandoned AND f.wait_seconds <= {SHORT_ABANDON_SECONDS}"

OFFERED = Component("offered", "f.answered OR f.abandoned")
ABANDONED = Component("abandoned", "f.abandoned")
OFFERED_NOT_SHORT = Component("offered_not_short", f"(f.answered OR f.abandoned) AND ({IS_SHORT}) IS NOT TRUE")
ABANDONED_NOT_SHORT = Component("abandoned_not_short", f"f.abandoned AND ({IS_SHORT}) IS NOT TRUE")
