"""What GraphiQL shows first: who asks, and the numbers of the last three months."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import environ
from django.http import HttpRequest
from django.utils import timezone

from cxplatform.graphql.graphiql.page import FirstLook

_QUERY = Path(__file__).with_name("first_look.graphql")
_DAYS = 91
env = environ.Env()


def first_look(request: HttpRequest) -> FirstLook:
    """Return a query that works for every brand's key, and the live process on the host that was asked."""
    today = datetime.combine(timezone.now().date(), time(), UTC)
    window = {"from": (today - timedelta(days=_DAYS)).isoformat(), "to": today.isoformat()}
    host = request.get_host().removesuffix(f":{request.get_port()}")
    live = f"ws://{host}:{env.int('LIVE_PORT', default=8001)}/graphql/ws"
    return FirstLook(_QUERY.read_text(), {"window": window}, live)
