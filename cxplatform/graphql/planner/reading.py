"""A root connection read by its plan: one statement, whose answer is sent as PostgreSQL wrote it."""

from collections.abc import Hashable

import orjson
from graphql import Undefined

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
    """Write the statement, or take it as it was written for another page of the same list: with other cursors.

    Only a list that no `where` narrows, for only then is what it reads said by what the text is looked up by. Only
    where all it reads from is a table, or what of one is empty: what the ORM compiled may say what was found in the
    data, or at what time. And not where somebody asked who it is that asks.
    """
    key, cursors = _key(plan, query, run) if query.of_all else None, query.cursor_values()
    try:
        known = plan.written.get(key)
    except TypeError:  # the value of a variable that has no hash
        key = known = None
    if known is not None:
        return Written(known.text, [*cursors, *known.values], known.kept)
    out = Statement()
    out.text("SELECT j::text, read FROM (")
    impersonal = run.info.context.is_impersonal(lambda: plan.write(out, run, query))
    out.text(") page")
    made = out.written()
    if key is not None and impersonal and made.kept is Kept.PLANNED and made.values[: len(cursors)] == cursors:
        if len(plan.written) >= _MOST_KEPT:
            plan.written.clear()
        plan.written[key] = Written(made.text, made.values[len(cursors) :], made.kept)
    return made


def _key(plan: Pages, query: PageQuery, run: Run) -> Hashable:
    """Return all that the text of a statement may hang on."""
    context, values = run.info.context, run.executor.variable_values.coerced
    below = [values.get(name, Undefined) for name in plan.variables]
    return (context.brand, context.rights, query.node, query.keyset, query.request.shape, *below)
