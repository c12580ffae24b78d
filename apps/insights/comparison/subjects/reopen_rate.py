"""How often what was resolved is opened again: contacts or reopenings, and for how long one looks."""

from dataclasses import replace

from apps.insights.comparison.rule import Rule, Subject
from apps.metrics.definitions.facts.resolution import RESOLUTION
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.reopen_rate import REOPEN_RATE as METRIC
from apps.metrics.definitions.vocabulary import Unit

_ROWS = f"""(
    SELECT f.*, i.reopened_at, i.resolved_at FROM {RESOLUTION.source} JOIN interactions_interaction i ON i.id = f.id
) f"""  # noqa: S608  # constants
_SOLVED_AGAIN = "(SELECT count(*) FROM unnest(f.reopened_at) r WHERE r <= f.resolved_at)"
_NEVER = Reason("It was never opened again.", "NOT f.reopened")

REOPEN_RATE = Subject(
    key="REOPEN_RATE",
    description="How often what was resolved is opened again.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=replace(RESOLUTION, source=_ROWS),
    left_out=(Reason("When it was opened again, seen from its first resolution, is unknown."),),
    fails=(_NEVER, Reason("It was opened again after more than seven days.")),
    rules=(
        Rule(
            key="KAIZO",
            vendor="Kaizo (for Zendesk)",
            name="Reopen rate",
            description="Share of the tickets solved that were opened again, however much later.",
            formula="reopened tickets / tickets solved",
            source="Kaizo, Reopen Rate, https://support.kaizo.com/hc/en-us/articles/360020782518",
            fails=(_NEVER,),
            caveat="Kaizo counts what a customer's reply opens again; here it is whatever was.",
        ),
        Rule(
            key="FIVETRAN_ZENDESK",
            vendor="Fivetran (for Zendesk)",
            name="Reopens",
            description="How often tickets are solved once more after the first time, to a ticket: one that is opened"
            " again five times counts five times, one that is still open again not yet.",
            formula="sum(times solved - 1) / tickets solved",
            source="Fivetran, dbt_zendesk, models/resolution_times/int_zendesk__ticket_resolution_times_calendar.sql,"
            " https://github.com/fivetran/dbt_zendesk",
            fails=(
                _NEVER,
                Reason("It was opened again, and not solved since.", f"{_SOLVED_AGAIN} = 0"),
            ),
            value=_SOLVED_AGAIN,
            differs=(Reason("It was solved again more than once, and counts as often."),),
            unit=Unit.RATIO,
            caveat="Of each time it was opened again before its last resolution, our rows take it that it was solved"
            " since.",
        ),
    ),
)
