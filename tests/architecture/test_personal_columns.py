"""Every column of text in a brand's tables is tagged, what leads to people says how, and no tag is stale."""

from django.db.models import ForeignKey, Model

from cxplatform.privacy.catalogue import described, subject_model
from cxplatform.privacy.described import holds_text
from cxplatform.privacy.tags import Erased
from tests.isolation.api.world import brand_models

TABLES = {its.model: its for its in described()}


def texts_of(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if holds_text(field)}


def leads_to_people(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Tell whether relations lead from a row to somebody."""
    if model is subject_model():
        return True
    if model in seen:
        return False
    targets = {field.related_model for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}
    return any(leads_to_people(target, seen | {model}) for target in targets)


def test_every_column_of_text_is_tagged() -> None:
    untagged = {
        f"{model.__name__}.{name}"
        for model in brand_models()
        for name in texts_of(model)
        if model not in TABLES or name not in TABLES[model].tags
    }

    assert untagged == set(), "tag them in the app's module `personal`; CONTRIBUTING.md, Add a model"


def test_every_tag_is_of_a_column_that_is_there() -> None:
    stale = {
        f"{its.model.__name__}.{name}"
        for its in TABLES.values()
        for name in its.tags
        if its.model not in brand_models() or name not in {field.name for field in its.model._meta.concrete_fields}
    }

    assert stale == set()


def test_every_table_that_leads_to_people_says_how() -> None:
    silent = {
        model.__name__
        for model in brand_models()
        if leads_to_people(model) and (model not in TABLES or not TABLES[model].about)
    }

    assert silent == set(), "say `about=` in the app's module `personal`"


def test_what_is_erased_row_by_row_can_be_found_and_what_is_kept_says_why() -> None:
    for its in TABLES.values():
        for name, tag in its.tags.items():
            assert tag.is_personal or tag.why, (its.model, name)
            if tag.goes_row_by_row:
                assert its.about, (its.model, name)
        assert all(its.model._meta.get_field(name) for name in its.active)


def test_what_a_row_is_cleared_of_may_be_empty() -> None:
    for its in TABLES.values():
        for name, tag in its.tags.items():
            if tag.erased is Erased.CLEARED and not its.removed:
                assert its.model._meta.get_field(name).null, (its.model, name)
