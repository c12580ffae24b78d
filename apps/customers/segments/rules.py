"""What a segment's rules may say. Pure: no database.

A rule is an object of conditions, all of which must hold: `country`, `language` and `segment` are lists of values one
of which it is; `attribute`, `joined`, `ordered`, `contacted`, `spent` and `last_score` are objects; `all` and `any` are
lists of rules, `not` is a rule. What is unknown holds nowhere, and its `not` does.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cxplatform.errors import BadInput

Rule = Mapping[str, Any]

MOST_CONDITIONS: Final = 50
DEEPEST: Final = 5
MOST_VALUES: Final = 100
LONGEST_VALUE: Final = 200
MOST_DAYS: Final = 3_660
MOST: Final = 10**12
SCORES: Final = ("NPS", "CSAT", "CES_5", "CES_7")
LISTS: Final = ("country", "language", "segment")


def checked(rules: Rule) -> dict[str, Any]:
    """Return rules as they are stored, without what says nothing. Raises: BadInput naming the place."""
    left = [MOST_CONDITIONS]
    return _rule(rules, "rules", DEEPEST, left)


def _rule(rule: Any, place: str, deeper: int, left: list[int]) -> dict[str, Any]:
    if not isinstance(rule, Mapping):
        raise BadInput("A rule is an object of conditions.", field=place)
    said = {name: value for name, value in rule.items() if value is not None}
    if not said:
        raise BadInput("A rule has at least one condition.", field=place)
    if deeper == 0:
        raise BadInput(f"Rules are nested {DEEPEST} deep at most.", field=place)
    left[0] -= len(said)
    if left[0] < 0:
        raise BadInput(f"Rules have {MOST_CONDITIONS} conditions at most.", field="rules")
    return {name: _condition(name, value, f"{place}.{name}", deeper, left) for name, value in sorted(said.items())}


def _condition(name: str, value: Any, place: str, deeper: int, left: list[int]) -> Any:
    if name in ("all", "any"):
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_CONDITIONS:
            raise BadInput(f"1 to {MOST_CONDITIONS} rules.", field=place)
        return [_rule(each, f"{place}.{number}", deeper - 1, left) for number, each in enumerate(value)]
    if name == "not":
        return _rule(value, place, deeper - 1, left)
    if name in LISTS:
        return _values(value, place, str)
    if name not in _OBJECTS:
        raise BadInput("There is no such condition.", field=place)
    if not isinstance(value, Mapping):
        raise BadInput("An object is expected.", field=place)
    given = {key: each for key, each in value.items() if each is not None}
    return _OBJECTS[name](given, place)


def _values(value: Any, place: str, *kinds: type) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_VALUES:
        raise BadInput(f"1 to {MOST_VALUES} values.", field=place)
    for each in value:
        if type(each) not in kinds or (isinstance(each, str) and not _is_text(each)):
            raise BadInput(f"A value is text of at most {LONGEST_VALUE} characters, or fits what it is.", field=place)
    return value


def _is_text(value: str) -> bool:
    return len(value) <= LONGEST_VALUE and "\0" not in value and value.isprintable()


def _attribute(given: Rule, place: str) -> dict[str, Any]:
    """`key`, and one of: `one_of` values, `at_least`/`below` numbers, `exists`."""
    _only(given, ("key", "one_of", "at_least", "below", "exists"), place)
    key = given.get("key")
    if not isinstance(key, str) or not key or not _is_text(key):
        raise BadInput(f"A key has 1 to {LONGEST_VALUE} characters.", field=f"{place}.key")
    if len(given) < 2:
        raise BadInput("Say what the attribute is: oneOf, atLeast, below or exists.", field=place)
    if "one_of" in given:
        _values(given["one_of"], f"{place}.one_of", str, int, float, bool)
    _numbers(given, ("at_least", "below"), place)
    return dict(given)


def _joined(given: Rule, place: str) -> dict[str, Any]:
    _only(given, ("at_least_days_ago", "at_most_days_ago"), place)
    if not given:
        raise BadInput("It says nothing.", field=place)
    _days(given, ("at_least_days_ago", "at_most_days_ago"), place)
    return dict(given)


def _counted(given: Rule, place: str) -> dict[str, Any]:
    """`at_least` and `at_most` so often, `within_days` or ever; at least once, where neither is said."""
    _only(given, ("at_least", "at_most", "within_days"), place)
    _days(given, ("within_days",), place)
    for name in ("at_least", "at_most"):
        if name in given and (type(given[name]) is not int or not 0 <= given[name] <= MOST):
            raise BadInput("A number of times, from 0 on.", field=f"{place}.{name}")
    return dict(given) if "at_least" in given or "at_most" in given else {**given, "at_least": 1}


def _spent(given: Rule, place: str) -> dict[str, Any]:
    """`at_least` and `below`, in the brand's currency, `within_days` or ever."""
    _only(given, ("at_least", "below", "within_days"), place)
    if "at_least" not in given and "below" not in given:
        raise BadInput("Say how much: atLeast, below.", field=place)
    _days(given, ("within_days",), place)
    _numbers(given, ("at_least", "below"), place)
    return dict(given)


def _last_score(given: Rule, place: str) -> dict[str, Any]:
    """`kind` of survey, `at_least` and `at_most`, answered `within_days` or ever."""
    _only(given, ("kind", "at_least", "at_most", "within_days"), place)
    if given.get("kind") not in SCORES:
        raise BadInput(f"One of {', '.join(SCORES)}.", field=f"{place}.kind")
    if "at_least" not in given and "at_most" not in given:
        raise BadInput("Say which: atLeast, atMost.", field=place)
    _days(given, ("within_days",), place)
    _numbers(given, ("at_least", "at_most"), place)
    return dict(given)


def _only(given: Rule, names: tuple[str, ...], place: str) -> None:
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        raise BadInput("There is no such condition.", field=f"{place}.{unknown}")


def _days(given: Rule, names: tuple[str, ...], place: str) -> None:
    for name in names:
        if name in given and (type(given[name]) is not int or not 0 <= given[name] <= MOST_DAYS):
            raise BadInput(f"A number of days, 0 to {MOST_DAYS:,}.", field=f"{place}.{name}")


def _numbers(given: Rule, names: tuple[str, ...], place: str) -> None:
    for name in names:
        if name in given and (type(given[name]) not in (int, float) or not -MOST <= given[name] <= MOST):
            raise BadInput("A number that is not too large.", field=f"{place}.{name}")


_OBJECTS: Final[Mapping[str, Callable[[Rule, str], dict[str, Any]]]] = {
    "attribute": _attribute,
    "joined": _joined,
    "ordered": _counted,
    "contacted": _counted,
    "spent": _spent,
    "last_score": _last_score,
}
