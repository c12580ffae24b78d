"""A root connection read by its plan: one statement, whose answer is sent as PostgreSQL wrote it."""

from collections.abc import Hashable

import orjson

from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.leaves import UNFIT
from cxplatform.graphql.planner.pages import Pages
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.planner.writing import Statement, Written
from cxplatform.tenancy.doors import read
from cxplatform.tenancy.kept import Kept

# Of a plan. Past this they are all forgotten, and those that come again are written again.
_MOST_KEPT = 8


def read_page(plan: Pages, query: PageQuery, run: Run) -> orjson.Fragment:
    """Read the page. Raises: NotPlanned, Forbidden, BadInput, TooComplex."""
    statement = _written(plan, query, run)
    ((written, rows),) = read(statement.text, statement.values, statement.kept)
    run.info.context.spend_rows(rows)
    if UNFIT in written:
        raise NotPlanned("a value that is not of its type")
    return orjson.Fragment(written)


def _written(plan: Pages, query: PageQuery, run: Run) -> Written:
    """Write the statement, or return it as it was written for the same values and the same rights in this brand.

    Only where all it reads from is a table, or what of one is empty: what the ORM compiled may say what was found in
    the data, or at what time. And not where somebody asked who it is that asks.
    """
    key = _key(query, run)
    known = None if key is None else plan.written.get(key)
    if known is not None:
        return known
    out = Statement()
    out.text("SELECT j::text, read FROM (")
    impersonal = run.info.context.is_impersonal(lambda: plan.write(out, run, query))
    out.text(") page")
    made = out.written()
    if key is not None and impersonal and made.kept is Kept.PLANNED:
        if len(plan.written) >= _MOST_KEPT:
            plan.written.clear()
        plan.written[key] = made
    return made


def _key(query: PageQuery, run: Run) -> Hashable | None:
    """Return all that the statement of a plan may hang on; None, where that cannot be looked up."""
    context = run.info.context
    values = run.executor.variable_values.coerced
    key = (context.brand, context.rights, query.node, query.request, query.keyset, *values.items())
    try:
        hash(key)
    except TypeError:
        return None
    return key
