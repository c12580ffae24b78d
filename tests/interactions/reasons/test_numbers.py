"""What renaming, moving and merging reasons does to numbers: by rollup and from the rows alike."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions.models import Interaction, Reason
from apps.interactions.reasons import moving
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.models import DirtyMark
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, asker
from tests.metrics.rows import store

__all__ = ["asker"]

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
ASKED = """query($reason: [String!], $under: [String!]) {
  volume: metric(key: VOLUME, window: $WINDOW, where: {reason: $reason, reasonUnder: $under}) { value }
  repeats: metric(key: REPEAT_CONTACT_RATE, window: $WINDOW, where: {reason: $reason, reasonUnder: $under}) {
    numerator denominator } }""".replace("$WINDOW", '{from: "2026-03-01T05:00:00Z", to: "2026-04-01T04:00:00Z"}')
MERGE = """mutation($reasons: [ID!]!, $into: ID!) { mergeReasons(input: {reasons: $reasons, into: $into}) {
  moved moving userErrors { code } } }"""


@pytest.fixture
def admin(asker: MakeAsker, acme: BrandRef) -> Asker:
    return asker(Role.BRAND_ADMIN, brand=acme)


@pytest.fixture
def contacts(acme: BrandRef) -> dict[str, str]:
    """Ana asks every fifth day, by turns, for a refund and for her money; ids of reasons by path."""
    with brand_tx(acme):
        days = [FIRST + timedelta(days=5 * n) for n in range(6)]
        store(
            {"opened_at": day.isoformat(), "customer": "ana", "reason": ("Refund", "Money")[n % 2]}
            for n, day in enumerate(days)
        )
    recompute_all(acme, now=LATER)
    with brand_tx(acme):
        return {reason.path: global_id("Reason", reason.id) for reason in Reason.objects.all()}


def numbers(asker: Asker, reason: list[str] | None = None, under: list[str] | None = None) -> tuple[float, int, int]:
    told = asker.data(ASKED, {"reason": reason, "under": under})
    return told["volume"]["value"], told["repeats"]["numerator"], told["repeats"]["denominator"]


def merge(asker: Asker, gone: str, into: str) -> tuple[int, bool]:
    told = asker.data(MERGE, {"reasons": [gone], "into": into})["mergeReasons"]
    assert told["userErrors"] == []
    return told["moved"], told["moving"]


def test_merged_contacts_are_neighbours_of_those_of_the_reason_that_stays(
    admin: Asker, acme: BrandRef, contacts: dict[str, str]
) -> None:
    before = numbers(admin, ["Refund"]), numbers(admin, ["Money"])

    assert merge(admin, contacts["Money"], contacts["Refund"]) == (3, False)

    recompute_all(acme, now=LATER)
    assert before == ((3, 0, 2), (3, 0, 2))
    assert numbers(admin, ["Refund"]) == (6, 4, 4)
    with brand_tx(acme):
        assert not DirtyMark.objects.filter(topic="interaction").exists()


def test_many_are_moved_by_a_job_in_steps_that_may_be_done_twice(
    admin: Asker, acme: BrandRef, contacts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "MOST_AT_ONCE", 2)

    assert merge(admin, contacts["Money"], contacts["Refund"]) == (2, True)

    with brand_tx(acme):
        left = Interaction.objects.filter(reason__path="Money").count()
    run_due(acme)
    with brand_tx(acme):
        job = Job.objects.get(kind=moving.JOB_KIND)
        done = (left, Interaction.objects.filter(reason__path="Money").count(), job.state)
        gone, kept = (Reason.objects.get(path=path).id for path in ("Money", "Refund"))
        again = moving.move_rows([gone], kept, now=LATER)
    recompute_all(acme, now=LATER)
    assert (done, again) == ((1, 0, "DONE"), 0)
    assert numbers(admin, ["Refund"]) == (6, 4, 4)


def test_what_was_merged_on_before_the_job_ran_goes_where_that_leads(
    admin: Asker, acme: BrandRef, contacts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "MOST_AT_ONCE", 2)
    with brand_tx(acme):
        end = global_id("Reason", Reason.objects.create(path="End", name="End").id)

    merge(admin, contacts["Money"], contacts["Refund"])
    merge(admin, contacts["Refund"], end)
    run_due(acme)

    with brand_tx(acme):
        assert Interaction.objects.filter(reason__path="End").count() == 6


def test_a_renamed_reason_keeps_its_numbers_under_its_new_path(
    admin: Asker, acme: BrandRef, contacts: dict[str, str]
) -> None:
    rename = 'mutation($id: ID!) { renameReason(input: {id: $id, name: "Returns"}) { userErrors { code } } }'
    admin.data(rename, {"id": contacts["Refund"]})

    with brand_tx(acme):
        assert not DirtyMark.objects.exists()
    assert (numbers(admin, ["Refund"])[0], numbers(admin, ["Returns"])) == (None, (3, 0, 2))


def test_a_branch_takes_in_what_lies_below_it_and_a_path_itself_alone(
    admin: Asker, acme: BrandRef, contacts: dict[str, str]
) -> None:
    move = "mutation($id: ID!, $to: ID!) { moveReason(input: {id: $id, parent: $to}) { userErrors { code } } }"
    admin.data(move, {"id": contacts["Money"], "to": contacts["Refund"]})

    assert numbers(admin, ["Refund"]) == (3, 0, 2)
    assert numbers(admin, under=["Refund"]) == (6, 0, 4)
    assert numbers(admin, under=["Refund/Money"]) == numbers(admin, under=["Money"]) == (3, 0, 2)
    assert numbers(admin, ["Refund/Money", "Other"], ["Refund"]) == (3, 0, 2)
    assert numbers(admin, under=["Ref", "Nothing"])[0] is None


def test_a_filter_takes_fifty_branches(admin: Asker) -> None:
    answer = admin.ask(ASKED, {"under": ["x"] * 51})

    assert {error["extensions"]["field"] for error in answer["errors"]} == {"where.reasonUnder"}


def test_a_starting_tree_is_loaded_from_the_shell(acme: BrandRef, tmp_path: Path) -> None:
    file, out = tmp_path / "flows.json", StringIO()
    file.write_text('{"intents": {"flows": ["login"], "subflows": {"login": ["password"]}}}')

    for _ in range(2):
        call_command("load_reasons", str(file), "--brand", "acme", stdout=out)

    assert out.getvalue().splitlines() == [
        "2 reasons made, 0 were there already",
        "0 reasons made, 2 were there already",
    ]
    file.write_text("{")
    with pytest.raises(CommandError, match=r"flows\.json"):
        call_command("load_reasons", str(file), "--brand", "acme")


def test_moves_tell_when_they_changed_an_interaction(admin: Asker, acme: BrandRef, contacts: dict[str, str]) -> None:
    began = timezone.now()

    merge(admin, contacts["Money"], contacts["Refund"])

    with brand_tx(acme):
        assert Interaction.objects.filter(updated_at__gte=began).count() == 3
