"""What differs between two versions, as values: pure, and by property."""

from hypothesis import given
from hypothesis import strategies as st

from apps.journeys.comparing import Change, ChangeKind, ChangeSubject, Sketch, compare

_KEYS = "abcdef"
_fields = st.fixed_dictionaries({"name": st.sampled_from("xyz"), "promise": st.sampled_from(["p", None])})


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    stages = draw(st.lists(st.sampled_from("ABC"), unique=True, min_size=1))
    keys = draw(st.lists(st.sampled_from(_KEYS), unique=True))
    return Sketch(
        {key: draw(_fields) for key in stages},
        {key: draw(_fields) for key in keys},
        {key: draw(st.sampled_from(stages)) for key in keys},
    )


def of(found: list[Change], kind: ChangeKind) -> set[tuple[str, str, str | None]]:
    return {(each.subject, each.key, each.field) for each in found if each.kind is kind}


@given(sketches())
def test_a_version_does_not_differ_from_itself(one: Sketch) -> None:
    assert compare(one, one) == []


@given(sketches(), sketches())
def test_what_one_way_is_new_is_gone_the_other_way(old: Sketch, new: Sketch) -> None:
    there, back = compare(old, new), compare(new, old)

    assert of(there, ChangeKind.ADDED) == of(back, ChangeKind.REMOVED)
    assert of(there, ChangeKind.CHANGED) == of(back, ChangeKind.CHANGED)


@given(sketches(), sketches())
def test_all_that_is_told_and_nothing_else_is_different(old: Sketch, new: Sketch) -> None:
    found = compare(old, new)

    assert of(found, ChangeKind.ADDED) == {
        *((ChangeSubject.STAGE, key, None) for key in new.stages.keys() - old.stages.keys()),
        *((ChangeSubject.TOUCHPOINT, key, None) for key in new.touchpoints.keys() - old.touchpoints.keys()),
    }
    for each in found:
        assert each.before != each.after or each.kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)
    elsewhere = {key for key, stage in new.places.items() if old.places.get(key, stage) != stage}
    assert {key for _, key, field in of(found, ChangeKind.MOVED) if field == "stage"} == elsewhere


def test_of_an_order_changed_the_fewest_have_moved() -> None:
    old = Sketch({key: {} for key in "ABCDE"}, {})
    new = Sketch({key: {} for key in "EABCD"}, {})

    assert compare(old, new) == [Change(ChangeKind.MOVED, ChangeSubject.STAGE, "E", "position", "5", "1")]
