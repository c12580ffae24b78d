"""Pages as answers: rendered on the server, with a policy that lets nothing run and nothing be loaded."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse
from django.template import Context, Engine
from django.utils.html import format_html

from apps.surveys.forms import Form, Look, WordedForm, worded
from apps.surveys.forms.look import PLAIN
from apps.surveys.page.fields import field_of
from apps.surveys.page.steps import Step
from apps.surveys.page.words import words_in

_TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def _engine() -> Engine:
    """Return the engine of these templates alone, which escapes whatever it is given."""
    loaders = [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])]
    return Engine(dirs=[str(_TEMPLATES)], loaders=loaders, autoescape=True)


def step_page(
    brand: str,
    form: Form,
    language: str | None,
    step: Step,
    *,
    given: str,
    filled: Mapping[str, Sequence[str]],
    problems: Mapping[str, str],
    action: str,
    is_first: bool,
    preview: bool = False,
) -> HttpResponse:
    """Show some questions, with what was filled in and what is wrong with it."""
    shown = worded(form, language)
    words = words_in(shown.language)
    put = [found for each in step.questions if (found := shown.question(each.key)) is not None]
    values = {
        "fields": [field_of(each, filled.get(each.key, ()), problems.get(each.key), words) for each in put],
        "given": given,
        "errors": bool(problems),
        "greeting": shown.greeting if is_first else "",
        "is_last": step.is_last,
        "declinable": is_first and not preview,
        "action": action,
        "unsubscribe": "" if preview else f"{action}/unsubscribe",
        "preview": preview,
    }
    return _page("step.html", shown.title or brand, brand, shown, words, **values, status=422 if problems else 200)


def said_page(brand: str, form: Form, language: str | None, title: str, more: str = "", **values: Any) -> HttpResponse:
    """Say something of a brand's in its look; `title`, `more` and `ask` name words, `lines` is the brand's own."""
    shown = worded(form, language)
    words = words_in(shown.language)
    lines = shown.thanks if title == "thanks" else ""
    values = {**values, "more": lines or (words[more] if more else ""), "ask": words.get(values.get("ask", ""), "")}
    return _page("said.html", words[title], brand, shown, words, **values)


def plain_page(title: str, more: str, status: int, *, language: str | None) -> HttpResponse:
    """Say something that is nobody's: the same whatever was asked for."""
    words = words_in(language)
    shown = WordedForm(words["language"], words["dir"] == "rtl", "", "", "", (), PLAIN)
    return _page("said.html", words[title], "", shown, words, more=words[more] if more else "", status=status)


def _page(
    template: str,
    title: str,
    brand: str,
    shown: WordedForm,
    words: dict[str, str],
    *,
    status: int = 200,
    **values: Any,
) -> HttpResponse:  # fmt: skip
    style = _style(shown.look)
    logo = shown.look.logo
    values |= {
        "title": title,
        "brand": brand,
        "language": shown.language,
        "dir": "rtl" if shown.right_to_left else "ltr",
        "words": words,
        # Of words that are in another language than the brand's own, it is said in which.
        "own": ""
        if words["language"] == shown.language.split("-")[0]
        else format_html(' lang="{}"', words["language"]),
        "style": style,
        "logo": f"data:{logo.media_type};base64,{b64encode(logo.data).decode()}" if logo else "",
    }
    response = HttpResponse(_engine().get_template(template).render(Context(values)), status=status)
    response["Content-Security-Policy"] = _policy(style)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


# About as many as the brands that are asked at a time.
@lru_cache(maxsize=256)
def _style(look: Look) -> str:
    # Colours were checked when they were stored: each is # and six hexadecimal digits.
    return _engine().get_template("style.css").render(Context({"look": look})).strip()


def _policy(style: str) -> str:
    """Return a policy for a page whose one style is known by its hash."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
