from datetime import datetime

import strawberry

from apps.metrics.graphql.types import MetricValue, Money, Window
from cxplatform.graphql.columns import column


@strawberry.type(description="An hour and the agents it takes.")
class StaffingInterval:
    start: datetime = column("Its first instant.")
    end: datetime = column("The first instant after it.")
    contacts: float = column("How many inbound contacts are expected: the mean of the same hours of the weeks before.")
    load: float | None = column("Their load in erlangs; null where no handle time is known.")
    agents: int | None = column("How many agents must be there for contacts to meet the target.")
    scheduled: int | None = column("How many must be on the roster for that, by the shrinkage.")
    service_level: float | None = column("The share that these agents answer in time.")
    occupancy: float | None = column("How much of their time they are busy.")
    mean_wait_seconds: float | None = column("The mean wait, of those who do not wait as well.")


@strawberry.type(description="How many agents the hours of a window take, and what the forecast rests on.")
class StaffingPlan:
    based_on: Window = column("The weeks before that tell what is usual.")
    weeks: int = column("How many they are.")
    contacts: int = column("How many inbound contacts came in them.")
    handle_seconds: float | None = column("Their mean handle time; null where none is known.")
    intervals: list[StaffingInterval] = column("Every hour of the window, in order.")


@strawberry.type(description="Hours on end that were all busier than the same hours of the weeks before.")
class Surge:
    start: datetime = column("Where it begins.")
    end: datetime = column("Where it ends.")
    contacts: int = column("How many inbound contacts came.")
    expected: float = column("How many are usual: the median of the weeks before, added up over its hours.")
    z: float = column("How many standard deviations its busiest hour is above what is usual.")


@strawberry.type(description="The surges of a window, and what they were judged by.")
class Surges:
    threshold: float = column("From how many standard deviations on an hour is a surge.")
    weeks: int = column("How many weeks before told what is usual: up to 8; below 4 nothing is judged.")
    hours: int = column("How many hours were judged: those that are over.")
    surges: list[Surge] = column("Those found, in order.")


@strawberry.type(description="What contacts cost; amounts are in the brand's currency.")
class ContactCosts:
    contacts: int = column("How many contacts were handled.")
    handle_time: MetricValue = column("How long they took; those of which it is unknown are taken for as long.")
    repeats: MetricValue = column("The share of contacts that repeat an earlier one's reason.")
    agent_hour: Money = column("What an agent's hour was said to cost.")
    per_contact: Money | None = column("What one costs: its handle time at that rate; null where it is unknown.")
    total: Money | None = column("What all of them cost.")
    failure_demand: Money | None = column(
        "What those cost that repeat another; null where nothing is known of repeats."
    )
