"""Whatever comes to name customers is moved when they are merged, or says itself what becomes of it."""

from typing import Any

from django.apps import apps
from django.db.models import Model, UUIDField

from apps.customers.identities.holders import every_reference, holders, own_ways
from apps.customers.models import Customer

# Columns that hold a customer's key without a foreign key, and why a merge need not know them.
KEYLESS = {
    "interactions.casemark.customer_id": "a mark that is soon gone; both are marked anew",
    "journeys.stagemark.customer_id": "as above",
}


def _label(holder: tuple[type[Model], str]) -> str:
    return f"{holder[0]._meta.label_lower}.{holder[1]}"


def _is_unique(holder: tuple[type[Model], str]) -> bool:
    """Tell whether the table may hold no two rows that a merge would give the same customer."""
    model, column = holder
    field: Any = model._meta.get_field(column.removesuffix("_id"))
    constraints = [set(each.fields) for each in model._meta.total_unique_constraints]
    partial = [set(each.fields) for each in model._meta.constraints if hasattr(each, "fields")]
    return field.unique or any(field.name in fields for fields in constraints + partial)


def test_every_reference_to_customers_is_moved_or_has_a_way_of_its_own() -> None:
    assert {"customers.order.customer_id", "interactions.interaction.customer_id", "interactions.casepin.customer_id",
            "journeys.touchpointevent.customer_id", "surveys.surveyresponse.customer_id"} <= set(
        map(_label, holders())
    )  # fmt: skip
    assert set(map(_label, own_ways())) <= set(map(_label, every_reference()))


def test_what_is_moved_can_be() -> None:
    stuck = [_label(holder) for holder in holders() if _is_unique(holder)]

    assert stuck == [], "register_own_way() in its app's ready(): two rows of one customer are one too many"


def test_every_moved_row_can_be_remembered_by_its_key() -> None:
    """A row's key is a UUID, its own or that of the row it belongs to."""
    odd = []
    for model, column in holders():
        key: Any = model._meta.pk
        while key.is_relation:
            key = key.target_field
        if not isinstance(key, UUIDField):
            odd.append(f"{model._meta.label_lower}.{column}")

    assert odd == []


def test_no_table_holds_the_keys_of_customers_unseen() -> None:
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if not field.is_relation and field.name.endswith("customer_id") and isinstance(field, UUIDField)
    }

    assert found == set(KEYLESS)
    assert Customer._meta.pk is not None
