"""How long contacts belong together is the brand's to say, and all of its cases are made anew by it."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands, selectors, service_settings
from apps.interactions.joining import join_marked
from apps.interactions.models import CaseMark, ServiceSettings
from cxplatform.audit.models import AuditEvent
from cxplatform.errors import BadInput, Forbidden
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.cases.stored import NOW, case_of, contact, join_all, members
from tests.interactions.working.rows import viewer


def set_days(days: Any, role: Role = Role.BRAND_ADMIN) -> ServiceSettings:
    return commands.update_service_settings(actor=viewer(role), values={"case_days": days}, now=NOW)


def join(brand: BrandRef) -> None:
    while join_marked(brand, now=NOW):
        pass


def test_all_cases_are_made_anew_in_bounded_steps_and_other_brands_stay(
    committed: None, acme: BrandRef, globex: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_settings, "CUSTOMERS_A_STEP", 2)
    for brand in (acme, globex):
        with brand_tx(brand):
            for who in ("ann", "ben", "cem"):
                contact(f"{who} 1", 0, customer=who)
                contact(f"{who} 2", 10, customer=who)
            join_all()
    with brand_tx(acme):
        assert len(members()) == 6
        set_days(10)

    run_due(acme)
    with brand_tx(acme):
        assert (Job.objects.get().state, CaseMark.objects.count()) == (JobState.DONE, 3)
    join(acme)

    with brand_tx(acme):
        assert members() == [["ann 1", "ann 2"], ["ben 1", "ben 2"], ["cem 1", "cem 2"]]
    with brand_tx(globex):
        assert len(members()) == 6


def test_narrowed_again_the_first_part_keeps_the_case_and_what_was_decided_stays(
    committed: None, acme: BrandRef
) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 3), contact("3", 30)
        join_all()
        first, second = case_of(one), case_of(three)
        commands.merge_cases(actor=viewer(), case_ids=[second], into_id=first, now=NOW)
        four, bens, later = contact("4", 33), contact("b1", 1, customer="ben"), contact("b2", 4, customer="ben")
        join_all()
        case = case_of(bens)
        set_days(2)
    run_due(acme)
    join(acme)

    with brand_tx(acme):
        assert members() == [["1", "2", "3"], ["b1"], ["b2"], ["4"]]
        assert (case_of(two), selectors.case_of_now(second), case_of(four) == first) == (first, first, False)
        assert (case_of(bens), case_of(later) == case) == (case, False)


def test_a_contact_is_joined_by_what_is_set_when_it_comes(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        set_days(1)
        contact("1", 0)
        contact("2", 1)
        contact("3", 2.1)
        join_all()

        assert members() == [["1", "2"], ["3"]]


def test_the_same_again_does_nothing_and_one_line_tells_of_a_change(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        set_days(7)
        set_days(8)
        set_days(8)

        assert (service_settings.joining_window().days, Job.objects.count()) == (8, 1)
    with brand_tx(acme):
        (event,) = AuditEvent.objects.filter(action="update_service_settings")
        assert (event.before, event.after) == ('{"case_days":7}', '{"case_days":8}')


@pytest.mark.parametrize("days", [0, 31, -1, None])
def test_it_is_one_to_thirty_days(db: None, acme: BrandRef, days: int | None) -> None:
    with brand_tx(acme):
        with pytest.raises(BadInput, match="1 to 30 days"):
            set_days(days)
        with pytest.raises(Forbidden):
            set_days(8, Role.SUPERVISOR)

        assert not ServiceSettings.objects.exists()
