"""The words that are left of keys: nobody's, never twice, and in the order in which they were made."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, IntegerField, JSONField, TextField

from apps.customers.models import Customer
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.source_keys import SourceKey
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.described import holds_text
from cxplatform.privacy.tags import pseudonyms


def test_words_are_made_in_order_within_a_call_and_from_call_to_call() -> None:
    words = [*pseudonyms(300), *pseudonyms(300), *pseudonyms(1)]

    assert words == sorted(words)
    assert len(set(words)) == 601
    assert all(word.startswith("erased-") and len(word) == 39 for word in words)


def test_no_source_brings_such_a_word() -> None:
    key = SourceKey(200)

    for cells in (["a", " erased-1"], ["erased-" + "0" * 32]):
        with pytest.raises(Refused) as refused:
            key.from_texts(cells)
        assert refused.value.code is Code.CONFLICT
    assert key.from_texts(["a", "", "was-erased-1"]) == ["a", None, "was-erased-1"]
    assert key.from_value("was-erased-1") == "was-erased-1"


def test_a_column_holds_text_unless_its_words_are_a_fixed_few() -> None:
    assert holds_text(TextField())
    assert holds_text(JSONField())
    assert holds_text(ArrayField(CharField(max_length=5)))
    assert not holds_text(CharField(max_length=5, choices=[("A", "A")]))
    assert not holds_text(ArrayField(IntegerField()))


def test_a_table_is_described_once() -> None:
    with pytest.raises(ValueError, match="described twice"):
        describe(Customer, {})
