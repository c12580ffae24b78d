"""`python -m tests.bench.audit`: the cost of a trace for the provider's request, of walking a trail, of its rows."""

from datetime import UTC, datetime

from tests.bench.__main__ import servers

READ = "{ interactions(first: 1) { totalCount } }"
REQUESTS, ROUNDS, ROWS, AT_ONCE = 20, 7, 50_000, 1_000
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def main() -> None:
    with servers():
        _requests()
        _walk()


def _requests() -> None:
    """Send the same read as the brand's administrator, whom nobody writes down, and as the provider's, in turns."""
    from django.core.handlers.wsgi import WSGIHandler

    from apps.accounts.permissions import Role
    from tests.bench.costs import Contender, medians_of
    from tests.bench.requests import Batch, graphql
    from tests.cluster import ACME
    from tests.isolation.api.world import person

    application = WSGIHandler()
    tokens = [person(role, ACME).token for role in (Role.BRAND_ADMIN, Role.PROVIDER_ADMIN)]
    batches = [Batch(application, graphql(token, READ), REQUESTS) for token in tokens]
    contenders = [Contender(batch.work, batch.prepare, scale=1 / REQUESTS) for batch in batches]
    own, foreign = medians_of(contenders, rounds=ROUNDS)
    for who, cost in (("brand", own), ("provider", foreign)):
        print(
            f"{who}: {cost.wall * 1e3:.2f} ms, CPU {cost.python * 1e3:.2f} + server {cost.server * 1e3:.2f} ms a read"
        )


def _walk() -> None:
    from django.core.management import call_command
    from django.db import connections

    from cxplatform.audit.chain import append
    from cxplatform.audit.links import NOTHING, Link
    from cxplatform.ids import uuid7
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import GLOBEX

    def link() -> Link:
        who, told = ("Demo supervisor", "SUPERVISOR"), '{"fields":["customers","interactions"]}'
        what = ("access", "Query", "", "Dashboard", None, told, [], str(uuid7()))
        return Link(uuid7(), 0, NOW, uuid7(), *who, uuid7(), True, *what, NOTHING, NOTHING)

    for _ in range(ROWS // AT_ONCE):
        with brand_tx(GLOBEX):
            append(GLOBEX.schema, [link() for _ in range(AT_ONCE)])
    call_command("verify_audit", "--brand", GLOBEX.slug)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [f'"{GLOBEX.schema}".audit_event'])
        print(f"{cursor.fetchone()[0] / ROWS:.0f} bytes a row with its indexes", flush=True)


if __name__ == "__main__":
    main()
