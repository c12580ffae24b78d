"""The metric surface's enums. MetricKey has exactly the metrics that are defined."""

from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from apps.metrics.definitions.registry import METRICS

if TYPE_CHECKING:

    class MetricKey(Enum): ...

else:
    MetricKey = strawberry.enum(
        Enum(
            "MetricKey",
            {key: strawberry.enum_value(key, description=metric.description) for key, metric in METRICS.items()},
        ),
        description="Which metric; metricDefinitions says what each means.",
    )


@strawberry.enum(description="Which question a metric answers.")
class MetricFamily(Enum):
    SERVICE = strawberry.enum_value("SERVICE", description="How the service went: speed, accuracy, volume.")
    EXPERIENCE = strawberry.enum_value("EXPERIENCE", description="How it felt to the customer.")
    FINANCIAL = strawberry.enum_value("FINANCIAL", description="What it was worth.")


@strawberry.enum(description="What a value counts in.")
class MetricUnit(Enum):
    COUNT = strawberry.enum_value("COUNT", description="Things counted.")
    FRACTION = strawberry.enum_value("FRACTION", description="A share, 0 to 1.")
    RATIO = strawberry.enum_value("RATIO", description="How many to one, which may be more than 1.")
    SECONDS = strawberry.enum_value("SECONDS", description="Seconds.")
    POINTS = strawberry.enum_value("POINTS", description="Points, -100 to 100.")
    SCORE = strawberry.enum_value("SCORE", description="The scale of the survey's question; of a sentiment, -1 to 1.")
    MONEY = strawberry.enum_value("MONEY", description="Major units of the brand's currency.")


@strawberry.enum(description="Which way is better.")
class Direction(Enum):
    HIGHER_IS_BETTER = strawberry.enum_value("HIGHER_IS_BETTER", description="The more the better.")
    LOWER_IS_BETTER = strawberry.enum_value("LOWER_IS_BETTER", description="The less the better.")
    NEUTRAL = strawberry.enum_value("NEUTRAL", description="Neither.")


@strawberry.enum(description="What is told of durations and scores; rates and counts have none.")
class Statistic(Enum):
    MEAN = strawberry.enum_value("MEAN", description="The mean.")
    MEDIAN = strawberry.enum_value("MEDIAN", description="The value half of them do not exceed.")
    P90 = strawberry.enum_value("P90", description="The value nine of ten do not exceed.")
    P95 = strawberry.enum_value("P95", description="The value nineteen of twenty do not exceed.")


@strawberry.enum(description="How large a bucket is; cut in the brand's zone.")
class Grain(Enum):
    HOUR = strawberry.enum_value("HOUR", description="An hour; one that the clocks repeat is two.")
    DAY = strawberry.enum_value("DAY", description="A day, of 23 or 25 hours when the clocks change.")
    WEEK = strawberry.enum_value("WEEK", description="An ISO week, from Monday.")
    MONTH = strawberry.enum_value("MONTH", description="A calendar month.")
    QUARTER = strawberry.enum_value("QUARTER", description="Three calendar months, from January.")


@strawberry.enum(description="The window a number is compared with.")
class Comparison(Enum):
    PREVIOUS_PERIOD = strawberry.enum_value(
        "PREVIOUS_PERIOD",
        description="The one just before: as many whole months or whole days, else just as long.",
    )
    SAME_PERIOD_LAST_YEAR = strawberry.enum_value(
        "SAME_PERIOD_LAST_YEAR", description="The same months or days, else the same hours, a year before."
    )


@strawberry.enum(description="What a metric can be grouped by.")
class Dimension(Enum):
    CHANNEL = strawberry.enum_value("CHANNEL", description="The way a contact came.")
    QUEUE = strawberry.enum_value("QUEUE", description="Where it waited.")
    AGENT = strawberry.enum_value("AGENT", description="Who handled it; needs the permission METRICS_BY_AGENT.")
    TEAM = strawberry.enum_value("TEAM", description="Whose agents handled it.")
    REASON = strawberry.enum_value("REASON", description="Why the customer made contact.")
    TOUCHPOINT = strawberry.enum_value("TOUCHPOINT", description="The moment in the journey.")
    STAGE = strawberry.enum_value("STAGE", description="The stage the touchpoint was in then, by key.")
    DEPARTMENT = strawberry.enum_value(
        "DEPARTMENT", description="The department that owned the touchpoint then, by key."
    )
    SEGMENT = strawberry.enum_value("SEGMENT", description="The customer's segment.")
    COUNTRY = strawberry.enum_value("COUNTRY", description="The customer's country.")
    LANGUAGE = strawberry.enum_value("LANGUAGE", description="The language of the contact or the answer.")
    PRIORITY = strawberry.enum_value("PRIORITY", description="How urgent the contact is.")
    SURVEY = strawberry.enum_value("SURVEY", description="The survey that was answered.")
    HANDLED_BY = strawberry.enum_value("HANDLED_BY", description="A person or a program.")
    PROMISE = strawberry.enum_value("PROMISE", description="The promise that was kept or broken.")
    FROM_DEPARTMENT = strawberry.enum_value("FROM_DEPARTMENT", description="The department that handed on.")
    TO_DEPARTMENT = strawberry.enum_value("TO_DEPARTMENT", description="The department it was handed to.")


@strawberry.enum(description="What a group stands for.")
class SliceKind(Enum):
    VALUE = strawberry.enum_value("VALUE", description="One value of the dimension.")
    NONE = strawberry.enum_value("NONE", description="What has no value in the dimension.")
    OTHER = strawberry.enum_value("OTHER", description="All values that are not shown by themselves.")


@strawberry.enum(description="Which rows of a number.")
class MetricPart(Enum):
    NUMERATOR = strawberry.enum_value("NUMERATOR", description="Those above the line, also those subtracted there.")
    DENOMINATOR = strawberry.enum_value("DENOMINATOR", description="Those below the line; of a count, all it counts.")
    EXCLUDED = strawberry.enum_value(
        "EXCLUDED", description="Those left out because what the metric needs of them is unknown."
    )
