"""`verify_audit`, on trails that the owner of the database has tampered with."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.anchors import anchor_trail, anchors_of
from cxplatform.audit.links import Link, hash_of
from cxplatform.audit.reading import links_of
from cxplatform.audit.trail import Subject, record_change
from cxplatform.tenancy.brand import SHARED_SCHEMA, BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.audit.conftest import trail

pytestmark = pytest.mark.usefixtures("committed")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def written(committed: None, acme: BrandRef) -> BrandRef:
    """A brand with a trail of eight rows, anchored."""
    write(acme, 8)
    anchor_trail(acme)
    return acme


@pytest.fixture
def both(written: BrandRef) -> BrandRef:
    """The brand, and a trail of the provider's that is as long: the anchor and seven rows."""
    write(None, 7)
    return written


# A trail as `verify_audit` names it, and what asks for it.
of_either = pytest.mark.parametrize(("name", "arguments"), [("acme", ["--brand", "acme"]), ("provider", [])])


def write(brand: BrandRef | None, rows: int) -> None:
    for number in range(1, rows + 1):
        with brand_tx(brand) if brand else shared_tx():
            subject = Subject("Thing", label=f"thing {number}")
            record_change(actor=OPERATOR, action="test", subject=subject, now=NOW, after={"number": number})


def tamper(brand: BrandRef | None, statement: str) -> None:
    execute(statement.replace(" audit_event", f' "{schema_of(brand)}".audit_event'))


def schema_of(brand: BrandRef | None) -> str:
    return brand.schema if brand else SHARED_SCHEMA


def execute(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def verified(*arguments: str) -> tuple[str, list[str]]:
    """Return what the command printed, and the findings it named; it must fail when there are some, and only then."""
    out, err = StringIO(), StringIO()
    failed = False
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except CommandError:
        failed = True
    findings = [line for line in err.getvalue().splitlines() if ": row" in line]
    assert failed is bool(findings)
    return out.getvalue(), findings


def chained_anew(brand: BrandRef, *, first: int) -> None:
    """Do what a skilful forger does: hash every row from the first on anew."""
    links = list(links_of(brand))
    previous = links[first - 2].hash if first > 1 else "0" * 64
    for link in links[first - 1 :]:
        made: Link = link._replace(previous_hash=previous)
        previous = hash_of(brand.schema, made)
        tamper(
            brand,
            f"UPDATE audit_event SET previous_hash = '{made.previous_hash}', hash = '{previous}' "
            f"WHERE sequence = {made.sequence}",
        )


def test_an_untouched_trail_verifies_and_its_head_is_printed(written: BrandRef) -> None:
    out, findings = verified("--brand", "acme")

    assert (out, findings) == (f"{written.schema} 8 {trail(written)[-1].hash}\n", [])


# What a forger makes of a column. A column that is added to the chain wants an edit here.
EDITS = {
    "id": "gen_random_uuid()", "sequence": "sequence + 100", "at": "at + interval '1 microsecond'",
    "actor_id": "id", "actor_name": "'x'", "actor_role": "'x'", "actor_key": "id", "of_provider": "NOT of_provider",
    "action": "'x'", "object_type": "'x'", "object_id": "'x'", "object_label": "''", "before": "'{}'",
    "after": "'{\"number\":4}'", "brand_ids": "ARRAY[id]", "request_id": "'x'",
    "previous_hash": "repeat('0', 64)", "hash": "'x'",
}  # fmt: skip
# Where it shows as something else than as an edited row 3.
SHOWN = {
    "sequence": ["row 3: deleted", "rows 9 to 102: deleted"],
    "previous_hash": ["row 3: not in its place: reordered, or edited"],
}


@pytest.mark.parametrize("column", Link._fields)
def test_an_edit_of_any_column_is_named_in_a_brands_trail_and_in_the_providers(both: BrandRef, column: str) -> None:
    for trail_of in (both, None):
        tamper(trail_of, f"UPDATE audit_event SET {column} = {EDITS[column]} WHERE sequence = 3")

    shown = SHOWN.get(column, ["row 3: edited"])

    assert verified("--all")[1] == [f"{name}: {what}" for name in ("provider", "acme") for what in shown]


@of_either
def test_an_edited_row_that_was_hashed_anew_is_named(both: BrandRef, name: str, arguments: list[str]) -> None:
    forged = both if name == "acme" else None
    tamper(forged, "UPDATE audit_event SET action = 'x' WHERE sequence = 3")
    row = list(links_of(forged))[2]
    tamper(forged, f"UPDATE audit_event SET hash = '{hash_of(schema_of(forged), row)}' WHERE sequence = 3")

    assert verified(*arguments)[1] == [f"{name}: row 3: edited and hashed anew: row 4 followed on another"]


@of_either
def test_deleted_rows_are_named(both: BrandRef, name: str, arguments: list[str]) -> None:
    tamper(both if name == "acme" else None, "DELETE FROM audit_event WHERE sequence IN (1, 4, 5)")

    assert verified(*arguments)[1] == [f"{name}: row 1: deleted", f"{name}: rows 4 to 5: deleted"]


@of_either
def test_reordered_rows_are_named(both: BrandRef, name: str, arguments: list[str]) -> None:
    forged = both if name == "acme" else None
    tamper(forged, "UPDATE audit_event SET sequence = -sequence WHERE sequence IN (3, 4)")
    tamper(forged, "UPDATE audit_event SET sequence = 7 + sequence WHERE sequence < 0")

    assert verified(*arguments)[1] == [
        f"{name}: row 3: not in its place: reordered, or edited",
        f"{name}: row 4: not in its place: reordered, or edited",
    ]


@pytest.mark.parametrize(("kept", "missing"), [(7, "row 8"), (5, "rows 6 to 8"), (0, "rows 1 to 8")])
def test_a_trail_cut_short_is_found_out_by_its_anchor(written: BrandRef, kept: int, missing: str) -> None:
    tamper(written, f"DELETE FROM audit_event WHERE sequence > {kept}")

    assert verified("--brand", "acme")[1] == [f"acme: {missing}: deleted from the chain's end"]


def test_a_trail_that_was_forged_from_a_row_on_is_found_out_by_its_anchor(written: BrandRef) -> None:
    tamper(written, "UPDATE audit_event SET action = 'x' WHERE sequence = 6")
    chained_anew(written, first=6)

    assert verified("--brand", "acme")[1] == [
        "acme: row 8: not the row that was anchored: it, or one before it, was made anew"
    ]


def test_the_providers_trail_is_found_out_by_a_head_that_was_kept_elsewhere(written: BrandRef, tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text(verified("--all")[0])
    execute("DELETE FROM shared.audit_event WHERE sequence = (SELECT max(sequence) FROM shared.audit_event)")

    unaware, found = verified("--all")[1], verified("--all", "--heads", str(heads))[1]

    assert unaware == []
    assert found == ["provider: row 1: deleted from the chain's end"]


def test_a_row_of_another_brand_has_no_place_in_the_trail(written: BrandRef, globex: BrandRef) -> None:
    write(globex, 8)
    tamper(written, "DELETE FROM audit_event")
    columns = ", ".join(Link._fields)
    tamper(written, f'INSERT INTO audit_event ({columns}) SELECT {columns} FROM "{globex.schema}".audit_event LIMIT 1')

    assert verified("--brand", "acme")[1][0] == "acme: row 1: edited"


def test_a_trail_is_anchored_when_it_has_grown_and_not_again(written: BrandRef) -> None:
    anchor_trail(written)
    write(written, 2)
    anchor_trail(written)

    assert [head.sequence for head in anchors_of(written.schema)] == [8, 10]
    assert [event.action for event in trail(None)] == ["anchor_trail", "anchor_trail"]


def test_the_sweep_anchors_every_brand(written: BrandRef, globex: BrandRef) -> None:
    from cxplatform.jobs.sweep import sweep_fleet

    write(globex, 1)
    sweep_fleet(wake_brand=lambda _: None, wake_shared=lambda: None)

    assert [head.sequence for head in anchors_of(globex.schema)] == [1]


def test_an_unknown_brand_and_a_file_without_heads_are_told(tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("nonsense\n")

    with pytest.raises(CommandError, match="no brand 'nobody'"):
        call_command("verify_audit", "--brand", "nobody")
    with pytest.raises(CommandError, match="holds no heads"):
        call_command("verify_audit", "--heads", str(tmp_path / "heads"))


def test_a_trail_is_read_page_by_page_to_its_end(written: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxplatform.audit.reading._PAGE", 3)

    assert [link.sequence for link in links_of(written)] == [1, 2, 3, 4, 5, 6, 7, 8]
