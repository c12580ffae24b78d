"""Merging, splitting, moving and releasing by hand: what it does to cases, and that it stays whatever arrives."""

from typing import Any
from uuid import UUID

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands, selectors
from apps.interactions.commands import cases
from apps.interactions.models import Agent, Case, CaseChange, CasePin, Interaction, MergedCase, Reason
from apps.interactions.reasons import moving
from cxplatform.audit.models import AuditEvent
from cxplatform.errors import BadInput, Conflict, Forbidden, NotFound
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.cases.stored import NOW, case_of, contact, effort, history, join_all, members
from tests.interactions.working.rows import viewer


def do(command: str, role: Role = Role.SUPERVISOR, member_id: UUID | None = None, **given: Any) -> Any:
    return getattr(commands, command)(actor=viewer(role, member_id), now=NOW, **given)


def merge(into: Interaction, *others: Interaction, **given: Any) -> Case:
    made: Case = do("merge_cases", case_ids=[case_of(each) for each in others], into_id=case_of(into), **given)
    return made


def split(of: Interaction, *off: Interaction, **given: Any) -> tuple[Case, Case]:
    made: tuple[Case, Case] = do("split_case", case_id=case_of(of), interaction_ids=[each.pk for each in off], **given)
    return made


def test_merged_cases_are_one_with_all_effort_and_their_ids_lead_to_it(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 20, channel="EMAIL"), contact("3", 40, hold_seconds=5)
        join_all()
        before, gone = effort(), [case_of(one), case_of(three)]

        stays = merge(two, one, three)

        assert (members(), effort()) == ([["1", "2", "3"]], before)
        assert (stays.pk, stays.contacts, stays.handle_seconds, stays.by_hand) == (case_of(two), 3, 185, True)
        # Of the sequence of channels there is one more, and it is counted as such: phone, e-mail, phone.
        assert stays.channel_switches == 2
        assert [selectors.case_of_now(each) for each in gone] == [stays.pk, stays.pk]
        assert history(stays.pk) == [("MERGED", True, 1, None, "Supervisor")] * 2
        assert set(CaseChange.objects.values_list("other_case", flat=True)) == set(gone)


def test_what_was_merged_before_leads_on_with_its_history(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 20), contact("3", 40)
        join_all()
        first, second = case_of(one), case_of(two)
        merge(two, one)
        merge(three, two)

        assert {selectors.case_of_now(each) for each in (first, second)} == {case_of(three)}
        assert history(case_of(three)) == [
            ("MERGED", True, 1, None, "Supervisor"), ("MERGED", True, 2, None, "Supervisor"),
        ]  # fmt: skip


def test_a_split_off_part_stays_apart_and_the_sums_are_kept(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 1), contact("3", 2)
        join_all()
        before, case = effort(), case_of(one)

        left, made = split(one, two)
        join_all()

        assert (left.pk, case_of(three), case_of(two)) == (case, case, made.pk)
        assert (members(), effort()) == ([["1", "3"], ["2"]], before)
        assert history(case) == [("SPLIT", False, 1, "2", "Supervisor")]
        assert history(made.pk) == [("SPLIT", True, 1, "2", "Supervisor")]


def test_a_contact_is_moved_into_another_case_or_a_new_one(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 1), contact("3", 40)
        join_all()
        before = effort()

        moved = do("move_interaction", interaction_id=two.pk, case_id=case_of(three))
        assert (moved.pk, members(), effort()) == (case_of(three), [["1"], ["2", "3"]], before)
        alone = do("move_interaction", interaction_id=two.pk)

        assert (members(), alone.pk) == ([["1"], ["2"], ["3"]], case_of(two))
        assert history(case_of(three)) == [
            ("MOVED", True, 1, "2", "Supervisor"), ("MOVED", False, 1, "2", "Supervisor"),
        ]  # fmt: skip
        assert case_of(one) != case_of(two)


def test_a_case_whose_last_contact_is_moved_away_is_merged_into_where_that_went(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 40)
        join_all()
        was = case_of(one)

        do("move_interaction", interaction_id=one.pk, case_id=case_of(two))

        assert (members(), selectors.case_of_now(was)) == ([["1", "2"]], case_of(two))


def test_what_arrives_later_joins_without_undoing_what_was_decided(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 1)
        join_all()
        split(one, two)

        contact("4", 1.5)
        contact("late", -1)
        contact("between", 0.5)
        join_all()

        assert members() == [["late", "1", "between"], ["2", "4"]]


def test_a_released_case_is_joined_as_all_others(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 1)
        join_all()
        case = case_of(one)
        _, made = split(one, two)

        released = do("release_case", case_id=made.pk)

        assert (released.pk, members(), case_of(two)) == (case, [["1", "2"]], case)
        assert [(row[0], row[-1]) for row in history(case)] == [
            ("SPLIT", "Supervisor"), ("SPLIT", "Supervisor"), ("RELEASED", "Supervisor"), ("MERGED", "Supervisor"),
        ]  # fmt: skip
        assert Case.objects.get().by_hand
        do("release_case", case_id=case)
        assert (Case.objects.get().by_hand, CasePin.objects.count()) == (False, 0)


def test_a_decision_sleeps_while_its_contacts_are_about_something_else(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 1)
        join_all()
        _, made = split(one, two)
        refund, other = two.reason, Reason.objects.create(path="Other", name="Other")

        Interaction.objects.filter(pk=two.pk).update(reason=other)
        join_all()
        elsewhere = case_of(two)
        Interaction.objects.filter(pk=two.pk).update(reason=refund)
        join_all()

        assert elsewhere not in (made.pk, case_of(one))
        assert (case_of(two), members()) == (made.pk, [["1"], ["2"]])
        assert not MergedCase.objects.filter(pk=made.pk).exists()


def test_decisions_follow_a_reason_that_is_merged_before_and_after_its_rows_are_moved(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 1)
        join_all()
        known = {case_of(one), split(one, two)[1].pk}
        into = Reason.objects.create(path="Other", name="Other")
        Reason.objects.filter(path="Refund").update(merged_into=into, retired_at=NOW)

        join_all()
        before = members(), {case_of(one), case_of(two)}
        moving.move_rows([one.reason_id], into.id, now=NOW)
        join_all()

        assert before == (members(), {case_of(one), case_of(two)}) == ([["1"], ["2"]], known)
        assert set(Case.objects.values_list("reason__path", flat=True)) == {"Other"}
        assert set(CasePin.objects.values_list("reason__path", flat=True)) == {"Other"}


def test_doing_it_again_changes_nothing_and_leaves_no_line(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two = contact("1", 0), contact("2", 20)
        join_all()
        gone, stays = case_of(one), case_of(two)
        merge(two, one)
        do("move_interaction", interaction_id=one.pk, case_id=stays)
    with brand_tx(acme):
        before = list(Case.objects.values()), AuditEvent.objects.count(), CaseChange.objects.count()
        do("merge_cases", case_ids=[gone], into_id=stays)
        do("move_interaction", interaction_id=one.pk, case_id=stays)
    with brand_tx(acme):
        assert before == (list(Case.objects.values()), AuditEvent.objects.count(), CaseChange.objects.count())


def test_what_does_not_go_together_is_refused(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, bens = contact("1", 0), contact("2", 1), contact("b", 0, customer="ben")
        other, nobodys = contact("o", 0, reason="Other"), contact("n", 0, customer=None)
        unknown = contact("u", 0, reason=None)
        join_all()
        before = members()

        with pytest.raises(Conflict, match="two customers"):
            merge(one, bens)
        with pytest.raises(Conflict, match="different reasons"):
            merge(one, other)
        with pytest.raises(Conflict, match="another reason"):
            do("move_interaction", interaction_id=one.pk, case_id=case_of(other))
        with pytest.raises(Conflict, match="Nothing would be left"):
            split(one, one, two)
        with pytest.raises(Conflict, match="not of this case"):
            split(one, other)
        with pytest.raises(Conflict, match="whose contact"):
            do("move_interaction", interaction_id=nobodys.pk)
        with pytest.raises(Conflict, match="why this contact"):
            do("move_interaction", interaction_id=unknown.pk)
        for bad in ([], [uuid7() for _ in range(101)]):
            with pytest.raises(BadInput):
                do("split_case", case_id=case_of(one), interaction_ids=bad)
        with pytest.raises(NotFound):
            do("merge_cases", case_ids=[uuid7()], into_id=case_of(one))
        with pytest.raises(Forbidden):
            merge(one, bens, role=Role.ANALYST)

        assert (members(), CasePin.objects.count()) == (before, 0)


def test_what_is_decided_at_once_is_bounded(db: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_CONTACTS", 2)
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 1), contact("3", 2)
        later = contact("4", 30)
        join_all()

        for decide in (lambda: merge(later, one), lambda: split(one, two), lambda: merge(three, later)):
            with pytest.raises(Conflict, match="at most"):
                decide()

        assert (members(), CasePin.objects.count()) == ([["1", "2", "3"], ["4"]], 0)


def test_of_two_who_merge_the_second_is_told_and_nothing_is_lost(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one, two, three = contact("1", 0), contact("2", 20), contact("3", 40)
        join_all()
        first, second, third = case_of(one), case_of(two), case_of(three)
        do("merge_cases", case_ids=[first], into_id=second)

        for others, into in (([second], first), ([first], third)):
            with pytest.raises(Conflict, match="merged into another"):
                do("merge_cases", case_ids=others, into_id=into)

        assert members() == [["1", "2"], ["3"]]


def test_an_agent_decides_about_its_own_work_alone(db: None, acme: BrandRef) -> None:
    member = uuid7()
    with brand_tx(acme):
        mine, other = (Agent.objects.create(key=key, member_id=who) for key, who in (("me", member), ("other", None)))
        one, two = contact("1", 0, agent=mine), contact("2", 1, agent=other)
        three, foreign = contact("3", 40, agent=mine), contact("f", 80, agent=other)
        join_all()
        own = {"role": Role.AGENT, "member_id": member}

        with pytest.raises(Forbidden):
            split(one, two, **own)
        with pytest.raises(Forbidden):
            merge(three, one, **own)
        for hidden in (lambda: merge(foreign, one, **own), lambda: merge(one, foreign, **own)):
            with pytest.raises(NotFound):
                hidden()
        with pytest.raises(NotFound):
            do("move_interaction", interaction_id=two.pk, case_id=case_of(three), **own)
        assert CasePin.objects.count() == 0
        merge(one, three, **own)
        do("move_interaction", interaction_id=three.pk, **own)

        assert members() == [["1", "2"], ["3"], ["f"]]
