"""What is different between two forms: of the form as a whole, then question by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from apps.journeys.comparing import longest_rising
from apps.surveys.forms.look import COLOURS
from apps.surveys.forms.shapes import Branch, Form, Question, Words


class FormChangeKind(StrEnum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"
    MOVED = "MOVED"
    CHANGED = "CHANGED"


@dataclass(frozen=True)
class FormChange:
    """One difference. Without `question` it is of the form itself; `field` says of what, such as `title.de`."""

    kind: FormChangeKind
    question: str | None
    field: str | None = None
    before: str | None = None
    after: str | None = None


def compare(old: Form, new: Form) -> list[FormChange]:
    """List what is different; what is new comes in the new order."""
    then, now = ({each.key: each for each in form.questions} for form in (old, new))
    changes = list(_changed(None, _of_form(old), _of_form(new)))
    changes += [FormChange(FormChangeKind.REMOVED, key) for key in then if key not in now]
    for key, question in now.items():
        if key in then:
            changes += _changed(key, _of_question(then[key]), _of_question(question))
        else:
            changes.append(FormChange(FormChangeKind.ADDED, key))
    return [*changes, *_moved([*then], [*now])]


def _changed(key: str | None, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FormChange]:
    for field in dict.fromkeys([*old, *new]):
        before, after = old.get(field), new.get(field)
        if before != after:
            yield FormChange(FormChangeKind.CHANGED, key, field, before, after)


def _moved(old: Sequence[str], new: Sequence[str]) -> Iterator[FormChange]:
    """Name the fewest questions that must have moved for the one order to become the other."""
    common = [key for key in new if key in set(old)]
    kept = longest_rising([old.index(key) for key in common])
    for place, key in enumerate(common):
        if place not in kept:
            before, after = str(1 + old.index(key)), str(1 + new.index(key))
            yield FormChange(FormChangeKind.MOVED, key, "position", before, after)


def _of_form(form: Form) -> dict[str, str]:
    found = {"defaultLanguage": form.default_language, **_words(form.texts)}
    found |= {name: getattr(form.look, name) for name in COLOURS}
    if form.look.logo is not None:
        found["logo"] = f"{form.look.logo.media_type} {sha256(form.look.logo.data).hexdigest()[:12]}"
    return found


def _of_question(question: Question) -> dict[str, str]:
    found = {"kind": question.kind, "required": "true" if question.required else "false"}
    if question.low is not None:
        found["scale"] = f"{question.low} to {question.high}"
    if question.choices:
        found["choices"] = ", ".join(choice.key for choice in question.choices)
    if question.branches:
        found["branches"] = "; ".join(map(_branch, question.branches))
    for choice in question.choices:
        found |= {f"{choice.key}.{language}": label for language, label in choice.texts.items()}
    return found | _words(question.texts)


def _branch(branch: Branch) -> str:
    low, high, to = branch.at_least, branch.at_most, branch.to or "the end"
    if branch.one_of:
        return f"{' or '.join(branch.one_of)}: {to}"
    if branch.is_for_all:
        return f"always: {to}"
    if low is None or high is None:
        return f"{high} or less: {to}" if low is None else f"{low} or more: {to}"
    return f"{low} to {high}: {to}"


def _words(texts: Words) -> dict[str, str]:
    told = {(name, language): word for language, words in texts.items() for name, word in words.items()}
    return {f"{name}.{language}": told[name, language] for name, language in sorted(told) if told[name, language]}
