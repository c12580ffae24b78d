"""All cases reckoned by hand."""

from tests.insights.comparison.cases_first_contact import FIRST_CONTACT
from tests.insights.comparison.cases_shares import SHARES
from tests.insights.comparison.cases_times import TIMES

CASES = FIRST_CONTACT + TIMES + SHARES
