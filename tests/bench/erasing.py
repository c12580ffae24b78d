"""`python -m tests.bench.erasing`: forgetting one customer among many, handing it out, counting what is due."""

import os
import time
from collections.abc import Callable
from uuid import UUID

from tests.bench.__main__ import servers

CUSTOMERS, CONTACTS = 50_000, 500_000
_AT = "timestamptz '2025-01-01' + n * interval '1 minute'"


def _id(number: str) -> str:
    return f"('00000000-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


def _insert(table: str, letter: str, rows: int, **values: str) -> str:
    """Write a statement that fills an imported table; the external ids are the letter and a number."""
    given = {
        "id": _id("n"), "source": "'import'", "external_id": f"'{letter}' || n", "created_at": "now()",
        "updated_at": "now()", **values,
    }  # fmt: skip
    names, drawn = ", ".join(given), ", ".join(given.values())
    return f"INSERT INTO {table} ({names}) SELECT {drawn} FROM generate_series(1, {rows}) n"


_WHOM = _id(f"1 + n % {CUSTOMERS}")
_FILL = (
    _insert("customers_customer", "c", CUSTOMERS, name="'Ada ' || n", joined_at=_AT),
    _insert(
        "interactions_interaction", "i", CONTACTS, channel="'CHAT'", direction="'INBOUND'", opened_at=_AT,
        customer_id=_WHOM, priority="'NORMAL'", abandoned="false", handled_by="'HUMAN'", transfers="0",
        text="'hello ' || n",
    ),
    _insert(
        "interactions_message", "m", CONTACTS, interaction_external_id="'i' || n", at=_AT, author="'CUSTOMER'",
        public="true", text="'hello'",
    ),
    _insert(
        "interactions_interactionevent", "e", CONTACTS, interaction_external_id="'i' || n", kind="'RESOLVED'", at=_AT
    ),
    f"INSERT INTO surveys_survey (id, key, name, kind, scope) VALUES ({_id('1')}, 'nps', '', 'NPS', 'RELATIONAL')",
    _insert(
        "surveys_surveyresponse", "r", CONTACTS // 5, survey_id=_id("1"), kind="'NPS'", score="9", answered_at=_AT,
        customer_id=_WHOM, interaction_external_id="'i' || n", comment="'nice'",
    ),
)  # fmt: skip


def main() -> None:
    with servers():
        from apps.customers.commands.privacy import all_held
        from cxplatform.audit.actors import OPERATOR
        from cxplatform.jobs.runner import run_due
        from cxplatform.privacy.erasures import begin_erasure
        from cxplatform.privacy.models import RetentionRules, RetentionSweep
        from cxplatform.privacy.sweeping import begin_sweep
        from cxplatform.tenancy.doors import brand_tx
        from tests.bench.filling import NOW
        from tests.cluster import ACME

        _fill(ACME.schema)
        print(f"{CUSTOMERS:,} customers, {CONTACTS:,} contacts, messages and events; load {os.getloadavg()[0]:.1f}")
        one = UUID("00000000-0000-7000-8000-000000000007")

        def export() -> str:
            with brand_tx(ACME):
                return f"{len(list(all_held(one)))} rows"

        def erase() -> str:
            with brand_tx(ACME):
                begin_erasure(actor=OPERATOR, action="erase_customer", subject_id=one, now=NOW)
            run_due(ACME, seconds=600)
            return "all steps"

        def count() -> str:
            with brand_tx(ACME):
                begin_sweep(RetentionRules(text_days=30), dry_run=True, now=NOW)
            run_due(ACME, seconds=600)
            with brand_tx(ACME):
                return f"{RetentionSweep.objects.get().rows:,} rows"

        for what in (export, erase, count):
            _time(what)


def _time(work: Callable[[], str]) -> None:
    began = time.perf_counter()
    said = work()
    print(f"{work.__name__}: {said} in {time.perf_counter() - began:.2f} s", flush=True)


def _fill(schema: str) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SET search_path = "{schema}", ext')
        for statement in _FILL:
            cursor.execute(statement)
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
