"""Which interactions count as offered, answered and abandoned, for all metrics that need to agree on it.

Only what customers begin is offered: a call of our own is neither answered nor abandoned by us.
"""

from apps.metrics.definitions.parts import Component

SHORT_ABANDON_SECONDS = 5

IS_ANSWERED = "f.answered AND NOT f.abandoned"

_INBOUND = "f.direction = 'INBOUND'"
IS_OFFERED = f"{_INBOUND} AND (f.answered OR f.abandoned)"
IS_OFFERED_ANSWERED = f"{_INBOUND} AND {IS_ANSWERED}"
IS_OFFERED_ABANDONED = f"{_INBOUND} AND f.abandoned"
IS_SHORT = f"f.abandoned AND f.wait_seconds <= {SHORT_ABANDON_SECONDS}"

OFFERED = Component("offered", IS_OFFERED)
ABANDONED = Component("abandoned", IS_OFFERED_ABANDONED)
OFFERED_NOT_SHORT = Component("offered_not_short", f"{IS_OFFERED} AND ({IS_SHORT}) IS NOT TRUE")
ABANDONED_NOT_SHORT = Component("abandoned_not_short", f"{IS_OFFERED_ABANDONED} AND ({IS_SHORT}) IS NOT TRUE")
