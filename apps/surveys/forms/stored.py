"""A form's parts as the JSON that is stored, and back."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from apps.surveys.forms.look import COLOURS, PLAIN, Logo, Look
from apps.surveys.forms.shapes import Branch, Choice


def choices_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(each["key"], dict(each["texts"])) for each in stored)


def branches_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Branch, ...]:
    return tuple(
        Branch(each.get("to"), each.get("at_least"), each.get("at_most"), tuple(each.get("one_of", ())))
        for each in stored
    )


def look_of(stored: Mapping[str, Any]) -> Look:
    """Return a look; colours that are not said are the plain ones."""
    colours = {name: stored.get(name, getattr(PLAIN, name)) for name in COLOURS}
    logo = stored.get("logo")
    return Look(**colours, logo=Logo(logo["media_type"], b64decode(logo["data"])) if logo else None)


def stored_choices(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    return [{"key": each.key, "texts": dict(each.texts)} for each in choices]


def stored_branches(branches: Sequence[Branch]) -> list[dict[str, Any]]:
    return [_stored(each) for each in branches]


def stored_look(look: Look) -> dict[str, Any]:
    """Write a look down; what is as the plain one is left out."""
    said: dict[str, Any] = {
        name: getattr(look, name) for name in COLOURS if getattr(look, name) != getattr(PLAIN, name)
    }
    if look.logo is not None:
        said["logo"] = {"media_type": look.logo.media_type, "data": b64encode(look.logo.data).decode()}
    return said


def _stored(branch: Branch) -> dict[str, Any]:
    said: dict[str, Any] = {"to": branch.to}
    if branch.at_least is not None:
        said["at_least"] = branch.at_least
    if branch.at_most is not None:
        said["at_most"] = branch.at_most
    if branch.one_of:
        said["one_of"] = list(branch.one_of)
    return said
