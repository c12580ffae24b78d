"""python manage.py adapt: what is made is loaded, once."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.adapters.exports import REAL, with_real_exports

pytestmark = pytest.mark.django_db

CALLS = """\
id,direction,status,from,to,start_time,duration,updated_at
CA1,inbound,completed,+15550100,+15550199,2022-07-25 16:37:07 UTC,30,2022-07-25 16:38:00 UTC
CA2,inbound,no-answer,+15550100,+15550199,2022-07-26 16:37:07 UTC,0,2022-07-26 16:38:00 UTC
"""


def adapt(*words: object, brand: str = "acme") -> list[str]:
    out = StringIO()
    call_command("adapt", *map(str, words), "--brand", brand, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def test_what_is_made_is_loaded_and_loaded_again_it_is_the_same(
    acme: BrandRef, globex: BrandRef, tmp_path: Path
) -> None:
    (tmp_path / "call.csv").write_text(CALLS)

    first, again = adapt("twilio", tmp_path), adapt("twilio", tmp_path)

    done = "DONE: 2 rows = 2 accepted + 0 updated + 0 duplicates + 0 rejected"
    assert [line for line in first if not line.startswith("not taken")] == [
        "read: 2 call",
        "made: 1 customers, 2 interactions",
        "customers:",
        done.replace("2", "1", 2),
        "interactions:",
        done,
    ]
    assert again[-1] == "DONE: 2 rows = 0 accepted + 0 updated + 2 duplicates + 0 rejected"
    with brand_tx(acme):
        assert list(Interaction.objects.values_list("source", "external_id", "talk_seconds", "abandoned")) == [
            ("twilio", "CA1", 30.0, False),
            ("twilio", "CA2", None, True),
        ]
        assert Customer.objects.get().phone == "+15550100"


def test_another_brand_is_not_touched(acme: BrandRef, globex: BrandRef, tmp_path: Path) -> None:
    (tmp_path / "call.csv").write_text(CALLS)

    adapt("twilio", tmp_path)

    with brand_tx(globex):
        assert not Interaction.objects.exists()


def test_out_writes_the_rows_and_the_report_and_loads_nothing(acme: BrandRef, tmp_path: Path) -> None:
    (tmp_path / "call.csv").write_text(CALLS)

    adapt("twilio", tmp_path / "call.csv", "--out", tmp_path / "made", "--source", "twilio-eu")

    rows = [json.loads(line) for line in (tmp_path / "made" / "interactions.ndjson").open()]
    assert [(row["source"], row["external_id"]) for row in rows] == [("twilio-eu", "CA1"), ("twilio-eu", "CA2")]
    assert json.loads((tmp_path / "made" / "report.json").read_text())["made"] == {"customers": 1, "interactions": 2}
    with brand_tx(acme):
        assert not Interaction.objects.exists()


def test_any_export_is_taken_by_a_mapping_file(acme: BrandRef, tmp_path: Path) -> None:
    mapping, calls = tmp_path / "calls.toml", tmp_path / "log.csv"
    mapping.write_text(
        'kind = "interactions"\n[[skip]]\nwho = "test"\n[columns]\nchannel = { constant = "PHONE" }\n'
        'external_id = "id"\nopened_at = "when"\nwait_seconds = "wait"\n'
    )
    calls.write_text("id,when,who,wait\n1,2022-07-25T16:37:07Z,al,3\n2,2022-07-25T16:37:07Z,test,3\n3,x,al,y\n")

    said = adapt("mapped", calls, "--mapping", mapping)

    assert said == [
        "read: 3 row",
        "made: 1 interactions",
        "not mapped: row: left out by the mapping's conditions: 1 (log.csv line 3)",
        "not mapped: interactions.opened_at: 'x' is not an ISO 8601 date and time, such as 2026-03-01T09:30:00Z: "
        "the row is left out: 1 (log.csv line 4)",
        "interactions:",
        "DONE: 1 rows = 1 accepted + 0 updated + 0 duplicates + 0 rejected",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mapped", "{file}"), "--mapping"),
        (("twilio", "{file}.gone"), "is not there"),
        (("twilio", "{file}", "--encoding", "klingon"), "unknown encoding: klingon"),
        (("zendesk", "{file}"), "No file holds anything that the adapter zendesk reads"),
    ],
)
def test_what_cannot_be_adapted_says_why(acme: BrandRef, tmp_path: Path, *, words: tuple[str, ...], says: str) -> None:
    file = tmp_path / "call.csv"
    file.write_text(CALLS)

    with pytest.raises(CommandError, match=says):
        adapt(*(word.format(file=file) for word in words))


@with_real_exports
@pytest.mark.parametrize(
    ("vendor", "kinds", "interactions", "customers"),
    [("zendesk", 3, 8, 16), ("intercom", 2, 2, 10), ("twilio", 3, 8, 1)],
)
def test_the_real_exports_load_whole(
    acme: BrandRef, *, vendor: str, kinds: int, interactions: int, customers: int
) -> None:
    said = adapt(vendor, REAL / vendor)

    assert [line.rpartition(" + ")[2] for line in said if line.startswith("DONE")] == ["0 rejected"] * kinds
    with brand_tx(acme):
        assert (Interaction.objects.count(), Customer.objects.count()) == (interactions, customers)
