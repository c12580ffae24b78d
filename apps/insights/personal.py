"""What this app's tables hold of customers: whom a rule reached, and no word of theirs; goals are of numbers."""

from apps.insights.models import Goal, Outreach, ProactiveRule
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless, staff

_OWN = harmless("the brand's own words, the same for all it reaches")

describe(ProactiveRule, {"key": _OWN, "name": _OWN, "text": _OWN, "approved_by": staff("who let it run")})
describe(Outreach, {"why": harmless("a code, the same for many")}, about="customer")
_NAME = harmless("a name the program gives")
_CHOSEN = harmless("the brand's own words and keys")
describe(Goal, {"metric": _NAME, "variant": _NAME, "statistic": _NAME, "where": _CHOSEN, "group": _CHOSEN})
