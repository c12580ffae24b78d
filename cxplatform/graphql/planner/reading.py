"""A root connection read by its plan: one statement, whose answer is sent as PostgreSQL wrote it."""

import orjson

from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.leaves import UNFIT
from cxplatform.graphql.planner.pages import Pages
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.planner.writing import Statement
from cxplatform.tenancy.doors import read


def read_page(plan: Pages, query: PageQuery, run: Run) -> orjson.Fragment:
    """Read the page. Raises: NotPlanned, Forbidden, BadInput, TooComplex."""
    statement = Statement()
    statement.text("SELECT j::text, read FROM (")
    plan.write(statement, run, query)
    statement.text(") page")
    ((written, rows),) = read(str(statement), statement.values, statement.kept)
    run.info.context.spend_rows(rows)
    if UNFIT in written:
        raise NotPlanned("a value that is not of its type")
    return orjson.Fragment(written)
