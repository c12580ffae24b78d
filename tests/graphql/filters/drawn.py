"""Rows and `where` trees at random, and what a `where` means in plain Python."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
Where = dict[str, Any]

START = datetime(2026, 3, 2, tzinfo=UTC)
CHANNELS = ["PHONE", "CHAT", "EMAIL"]
QUEUES = ["billing", "Billing", "sales"]
PATHS = ["A", "A/B", "A/B/C", "AB", "a"]
SEGMENTS = ["gold", "tin"]

instants = st.integers(0, 5).map(lambda hours: START + timedelta(hours=hours))
texts = st.text("aA%_\\b", max_size=4)
seconds = st.sampled_from([0.0, 0.5, 5.0, 60.0])


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


customers = st.fixed_dictionaries({"name": _maybe(texts), "segment": _maybe(st.sampled_from(SEGMENTS))})
rows: st.SearchStrategy[list[Row]] = st.lists(
    st.fixed_dictionaries(
        {
            "channel": st.sampled_from(CHANNELS),
            "openedAt": instants,
            "queue": _maybe(st.sampled_from(QUEUES)),
            "reason": _maybe(st.sampled_from(PATHS)),
            "waitSeconds": _maybe(seconds),
            "answered": _maybe(st.booleans()),
            "subject": _maybe(texts),
            "customer": _maybe(customers),
        }
    ),
    max_size=9,
)


def _comparison(values: st.SearchStrategy[Any], *others: str) -> st.SearchStrategy[Where]:
    how: dict[str, st.SearchStrategy[Any]] = {"isNull": st.booleans(), "eq": values}
    how["oneOf"] = st.lists(values, max_size=3)
    span = st.fixed_dictionaries({}, optional={"gte": values, "lt": values})
    how |= {name: span if name == "range" else values for name in others}
    return st.fixed_dictionaries({}, optional=how)


_CUSTOMER = {"name": _comparison(texts, "contains"), "segment": _comparison(st.sampled_from(SEGMENTS))}
_INTERACTION = {
    "channel": _comparison(st.sampled_from(CHANNELS)),
    "openedAt": _comparison(instants, "range"),
    "queue": _comparison(st.sampled_from([*QUEUES, "none such"])),
    "reason": _comparison(st.sampled_from([*PATHS, "B"]), "under", "contains"),
    "waitSeconds": _comparison(seconds, "range"),
    "answered": st.fixed_dictionaries({}, optional={"eq": st.booleans(), "isNull": st.booleans()}),
    "subject": _comparison(texts, "contains"),
}


def _trees(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Where]:
    leaves = st.sampled_from(sorted(fields)).flatmap(lambda name: st.fixed_dictionaries({name: fields[name]}))

    def grown(inner: st.SearchStrategy[Where]) -> st.SearchStrategy[Where]:
        several = st.lists(inner, max_size=3)
        connected = st.fixed_dictionaries({}, optional={"AND": several, "OR": several, "NOT": inner})
        return st.tuples(leaves, connected).map(lambda both: both[0] | both[1]) | connected

    return st.recursive(leaves, grown, max_leaves=6)


wheres = _trees({**_INTERACTION, "customer": _trees(_CUSTOMER)})


def holds(where: Where, row: Row) -> bool:
    """Say whether a row matches."""
    return all(_part_holds(name, value, row) for name, value in where.items())


def _part_holds(name: str, value: Any, row: Row) -> bool:
    if name == "AND":
        return all(holds(each, row) for each in value)
    if name == "OR":
        return any(holds(each, row) for each in value)
    if name == "NOT":
        return not holds(value, row)
    if name == "customer":
        return row["customer"] is not None and holds(value, row["customer"])
    return all(_compares(how, wanted, row[name]) for how, wanted in value.items())


def _compares(how: str, wanted: Any, found: Any) -> bool:
    if how == "isNull":
        return (found is None) is wanted
    if how == "range":
        return all(_compares(edge, value, found) for edge, value in wanted.items())
    compare = {
        "eq": lambda: found == wanted,
        "oneOf": lambda: found in wanted,
        "contains": lambda: wanted.upper() in found.upper(),
        "under": lambda: found == wanted or found.startswith(f"{wanted}/"),
        "gte": lambda: found >= wanted,
        "lt": lambda: found < wanted,
    }[how]
    return found is not None and compare()
