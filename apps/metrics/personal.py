"""What this app's tables hold of customers: what one is worth; everything else counts many."""

from apps.metrics.models import (
    CustomerValue,
    Goal,
    Histogram,
    HourRollup,
    LifetimeFit,
    MonthHistogram,
    MonthRollup,
    Rollup,
    Watermark,
)
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless

_CLASS = harmless("a class that is counted by")
_NAME = harmless("a name from the program")

describe(CustomerValue, {}, about="customer")
_CUT = {"fact": _NAME, "dim_a": _CLASS, "dim_b": _CLASS}
describe(Rollup, _CUT)
describe(MonthRollup, _CUT)
describe(Histogram, {**_CUT, "measure": _NAME})
describe(MonthHistogram, {**_CUT, "measure": _NAME})
describe(HourRollup, {"fact": _NAME})
describe(Watermark, {"fact": _NAME, "layout": harmless("a digest of the program's components")})
describe(LifetimeFit, {"reason": _NAME})
_OWN = harmless("the brand's own words and keys")
describe(Goal, {"metric": _NAME, "variant": _NAME, "statistic": _NAME, "where": _OWN, "group": _OWN})
