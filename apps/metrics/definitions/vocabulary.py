"""The closed vocabularies a definition is written in."""

from enum import StrEnum


class Family(StrEnum):
    """Which of the three questions a metric answers: how it went, how it felt, what it was worth."""

    SERVICE = "SERVICE"
    EXPERIENCE = "EXPERIENCE"
    FINANCIAL = "FINANCIAL"


class Unit(StrEnum):
    """What a value counts in."""

    COUNT = "COUNT"
    FRACTION = "FRACTION"
    RATIO = "RATIO"
    SECONDS = "SECONDS"
    POINTS = "POINTS"
    SCORE = "SCORE"
    MONEY = "MONEY"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER_IS_BETTER = "HIGHER_IS_BETTER"
    LOWER_IS_BETTER = "LOWER_IS_BETTER"
    NEUTRAL = "NEUTRAL"


class Statistic(StrEnum):
    """What is told of a distribution; rates and counts have none."""

    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    P90 = "P90"
    P95 = "P95"

    @property
    def fraction(self) -> float | None:
        """Return the quantile's fraction, None for the mean."""
        return {"MEDIAN": 0.5, "P90": 0.9, "P95": 0.95}.get(self.value)


class Method(StrEnum):
    """How a value's 95 % interval is computed."""

    NONE = "NONE"
    WILSON = "WILSON"
    ADJUSTED_WALD_NPS = "ADJUSTED_WALD_NPS"
    MEAN_T = "MEAN_T"
    ORDER_STATISTICS = "ORDER_STATISTICS"
    POISSON = "POISSON"
    BOOTSTRAP = "BOOTSTRAP"


class Part(StrEnum):
    """What of a number its rows are asked for."""

    NUMERATOR = "NUMERATOR"
    DENOMINATOR = "DENOMINATOR"
    EXCLUDED = "EXCLUDED"


class Bins(StrEnum):
    """How a measure's histogram is binned: 2 % wide on a log scale, or one bin a whole number."""

    LOG = "LOG"
    WHOLE = "WHOLE"


class DimensionKey(StrEnum):
    """What a number can be grouped and filtered by."""

    CHANNEL = "CHANNEL"
    QUEUE = "QUEUE"
    AGENT = "AGENT"
    TEAM = "TEAM"
    REASON = "REASON"
    TOUCHPOINT = "TOUCHPOINT"
    STAGE = "STAGE"
    DEPARTMENT = "DEPARTMENT"
    SEGMENT = "SEGMENT"
    COUNTRY = "COUNTRY"
    LANGUAGE = "LANGUAGE"
    PRIORITY = "PRIORITY"
    SURVEY = "SURVEY"
    HANDLED_BY = "HANDLED_BY"
    PROMISE = "PROMISE"
    FROM_DEPARTMENT = "FROM_DEPARTMENT"
    TO_DEPARTMENT = "TO_DEPARTMENT"
