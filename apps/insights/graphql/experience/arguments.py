"""The arguments that fields about customers' experience share, and what becomes of them."""

from typing import Annotated, Final

import strawberry

from apps.insights.experience.asking import Asked
from apps.insights.experience.quality import MARGIN
from apps.insights.experience.scales import USUAL_BARS, Bars
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import Where, where_of
from apps.metrics.graphql.arguments import Span
from apps.metrics.graphql.inputs import WindowInput
from apps.metrics.graphql.prices import days_of
from cxplatform.errors import Forbidden
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.prices import Arguments, Price

__all__ = ["Span"]


@strawberry.input(description="Which customers: every field given must match, by any of its values.")
class ExperienceWhere:
    country: list[str] | None = column("Their countries, ISO 3166-1 alpha-2.", default=None)
    language: list[str] | None = column("Their languages, as BCP 47 tags.", default=None)


@strawberry.input(
    description="Which customers, where no answers can be read off: every field given must match, by any of its values."
)
class ExperienceCustomersWhere:
    segment: list[str] | None = column("Their segments.", default=None)
    country: list[str] | None = column("Their countries, ISO 3166-1 alpha-2.", default=None)
    language: list[str] | None = column("Their languages, as BCP 47 tags.", default=None)


Filter = Annotated[ExperienceWhere | None, strawberry.argument(description="Of which customers; of all when left out.")]
CustomersFilter = Annotated[
    ExperienceCustomersWhere | None, strawberry.argument(description="Of which customers; of all when left out.")
]


@strawberry.input(description="From which answers on somebody is content, on each question's own scale.")
class ContentFromInput:
    csat: int = column("The lowest good CSAT: 2 to 5.", default=USUAL_BARS.csat)
    nps: int = column("The lowest good NPS answer: 1 to 10.", default=USUAL_BARS.nps)
    ces7: int = column("The lowest good CES_7, of ease: 2 to 7.", default=USUAL_BARS.ces_7)
    ces5: int = column("The highest good CES_5, of effort: 1 to 4.", default=USUAL_BARS.ces_5)


ContentFrom = Annotated[
    ContentFromInput | None, strawberry.argument(description="From which answers on somebody is content.")
]
Margin = Annotated[
    float,
    strawberry.argument(
        description="Nearer to the bar than this, in standard deviations, a side is neither good nor bad: 0 to 2."
    ),
]
USUAL_MARGIN: Final = MARGIN


def _rows(arguments: Arguments) -> float:
    """All that happened to all customers in the window is read and sorted, once."""
    return 60 + 6 * days_of(arguments)


EXPERIENCE: Final = Price(_rows)
# The same once more, by a field that does not see the window.
ONCE_MORE: Final = Price(300)
EXPERIENCE_PAGE: Final = Price(_rows, pages=True)


def of_customers(info: Info, where: ExperienceWhere | ExperienceCustomersWhere | None) -> Where:
    """Return the filter a client gave. Raises: BadInput; Forbidden to who sees its own work alone."""
    if info.context.rights.only_own_work:
        raise Forbidden("Your role sees its own numbers only; these are of customers, whoever served them.")
    if where is None:
        return ()
    keys = (DimensionKey.SEGMENT, DimensionKey.COUNTRY, DimensionKey.LANGUAGE)
    return where_of({key: getattr(where, key.value.lower(), None) for key in keys})


def asked_of(
    info: Info,
    window: WindowInput,
    where: ExperienceWhere | ExperienceCustomersWhere | None,
    bars: ContentFromInput | None = None,
    margin: float = MARGIN,
) -> Asked:
    """Return the checked question. Raises: BadInput; Forbidden."""
    given = USUAL_BARS if bars is None else Bars(bars.csat, bars.nps, bars.ces7, bars.ces5)
    return Asked(window.checked(), info.context.now, of_customers(info, where), given, margin)
