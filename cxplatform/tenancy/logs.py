"""Log lines carry their brand."""

import logging

import structlog
from structlog.typing import EventDict, WrappedLogger

from cxplatform.tenancy.doors import current_door
from cxplatform.tenancy.scope import bound_brand_id, current_request_id

# How lines of PostgreSQL's messages begin that quote rows.
_OF_ROWS = ("DETAIL:", "CONTEXT:")


def add_brand(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Add the schema of the open door, or the brand the unit of work is bound to; and the request's id."""
    door, bound = current_door(), bound_brand_id()
    if door is not None:
        event["schema"] = door.schema
    elif bound is not None:
        event["schema"] = f"b_{bound.hex}"
    if request_id := current_request_id():
        event["request"] = request_id
    return event


def leave_values_out(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Cut from a traceback what the database said of a row: its values may be somebody's, and a log is not erased."""
    if isinstance(told := event.get("exception"), str):
        event["exception"] = "\n".join(line for line in told.splitlines() if not line.startswith(_OF_ROWS))
    return event


def line_formatter() -> logging.Formatter:
    """Make the formatter of every handler: one JSON object a line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            add_brand,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            leave_values_out,
            structlog.processors.JSONRenderer(),
        ],
    )
