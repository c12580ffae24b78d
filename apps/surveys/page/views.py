"""The page of an invitation: what is shown, and what is put into the inbox. To look at it answers nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from apps.surveys.forms import Form, understood
from apps.surveys.models import PageWord
from apps.surveys.page.asking import found_by, gone, secretive
from apps.surveys.page.entering import answers, enter
from apps.surveys.page.fields import PREFIX
from apps.surveys.page.looking import MOST_ENTRIES, Asked
from apps.surveys.page.rendering import said_page, step_page
from apps.surveys.page.steps import Step, carried, given_before, problems_at, step_after

_METHODS = ("GET", "HEAD", "POST")
# Who was not seen opening it yet.
_UNOPENED = frozenset({"SENT", "DELIVERED", "BOUNCED"})


@secretive
def survey_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation's questions, and take answers to them."""
    if request.method not in _METHODS:
        return HttpResponseNotAllowed(_METHODS)
    asked, now = found_by(request, token), timezone.now()
    if request.method == "POST":
        return _take(request, asked, now) if asked and asked.takes_answers(now) else gone(request)
    if asked is None or not asked.is_open(now):
        return gone(request)
    # A mail scanner opens pages too. It asks before anybody answers, and tells no more than that the page was asked.
    if request.method == "GET" and asked.state in _UNOPENED and not asked.entries:
        enter(asked, [(PageWord.OPENED, None, None)], now)
    return _shown(request, asked, step_after(asked.form, {}), filled=_preselected(asked.form, request.GET.get("a", "")))


@secretive
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Take back that a customer may be asked: asked for by a form, or by its mail program with one click (RFC 8058)."""
    if request.method not in _METHODS:
        return HttpResponseNotAllowed(_METHODS)
    asked = found_by(request, token)
    if asked is None or asked.state == "SUPPRESSED":
        return gone(request)
    if request.method != "POST":
        return _said(asked, "unsubscribe", "unsubscribe_ask", ask="unsubscribe_do", action=request.path)
    if asked.entries < MOST_ENTRIES:
        enter(asked, [(PageWord.WITHDRAWN, None, None)], timezone.now())
    return _said(asked, "unsubscribed")


def _take(request: HttpRequest, asked: Asked, now: datetime) -> HttpResponse:
    if request.POST.get("do") == "decline":
        enter(asked, [(PageWord.DECLINED, None, None)], now)
        return _said(asked, "declined", "thanks_more")
    before = given_before(asked.form, request.POST.get("given", ""))
    step = step_after(asked.form, before)
    filled = filled_in(request, step)
    said = {each.key: understood(each, filled[each.key]) for each in step.questions} if step else {}
    problems = problems_at(step, said) if step else {}
    if problems:
        return _shown(request, asked, step, given=carried(before), filled=filled, problems=problems)
    given = before | said
    following = step_after(asked.form, given)
    finished = [] if following else [(PageWord.FINISHED, None, None)]
    enter(asked, [*answers(said), *finished], now)
    return _shown(request, asked, following, given=carried(given))


def filled_in(request: HttpRequest, step: Step | None) -> dict[str, list[str]]:
    """Return what was filled in for each question of a step."""
    return {each.key: request.POST.getlist(PREFIX + each.key) for each in step.questions} if step else {}


def _shown(
    request: HttpRequest,
    asked: Asked,
    step: Step | None,
    *,
    given: str = "{}",
    filled: Mapping[str, Sequence[str]] | None = None,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    if step is None:
        return _said(asked, "thanks", "thanks_more")
    return step_page(
        asked.brand.name, asked.form, asked.language, step, given=given, filled=filled or {}, problems=problems or {},
        action=request.path, is_first=given == "{}",
    )  # fmt: skip


def _said(asked: Asked, title: str, more: str = "", **values: str) -> HttpResponse:
    return said_page(asked.brand.name, asked.form, asked.language, title, more, **values)


def _preselected(form: Form, score: str) -> dict[str, list[str]]:
    """Return the main question's answer that a link of the message chose: shown, and not taken before it is sent."""
    main = form.main
    return {} if main is None else {main.key: [score]}
