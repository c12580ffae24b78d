"""The same questions as JSON, for the widget and for apps: a step to show, and after each the next."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from corsheaders.signals import check_request_enabled
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from apps.surveys.forms import Answer, AnswerProblem, WordedForm, counted, problems_of, worded
from apps.surveys.models import PageWord
from apps.surveys.page.asking import found_by, secretive
from apps.surveys.page.entering import answers, enter
from apps.surveys.page.looking import Asked
from apps.surveys.page.steps import Step, problems_at, step_after
from apps.surveys.page.words import words_in
from cxplatform.throttle.buckets import RateLimited

_PATH: Final = re.compile(r"/s/([A-Za-z0-9_-]{43})\.json\Z")
_WORDS: Final = ("next", "send", "decline", "required", "optional", "no", "yes", *AnswerProblem)
_LONGEST_BODY: Final = 400_000


@secretive
def survey_json(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the first step, or take a step's answers and answer the next."""
    if request.method not in ("GET", "POST"):
        return _refused(405, "METHOD_NOT_ALLOWED")
    asked, now = found_by(request, token), timezone.now()
    if asked is None or not (asked.is_open(now) if request.method == "GET" else asked.takes_answers(now)):
        return _refused(404, "NOT_FOUND")
    return JsonResponse(_shown(asked, {})) if request.method == "GET" else _take(request, asked, now)


def _take(request: HttpRequest, asked: Asked, now: datetime) -> HttpResponse:
    said = _read(request)
    if said is None:
        return _refused(400, "BAD_USER_INPUT")
    if said.get("do") == "decline":
        enter(asked, [(PageWord.DECLINED, None, None)], now)
        return JsonResponse({"finished": True})
    before = _valid(asked, said.get("given"))
    step = step_after(asked.form, before)
    new = _said_of(step, said.get("answers"))
    problems = problems_at(step, new) if step else {}
    if problems:
        return JsonResponse({**_shown(asked, before), "problems": problems}, status=422)
    given = before | new
    finished = [] if step_after(asked.form, given) else [(PageWord.FINISHED, None, None)]
    enter(asked, [*answers(new), *finished], now)
    return JsonResponse(_shown(asked, given))


def allow_own_sites(sender: object, request: HttpRequest, **_: object) -> bool:
    """Let a browser show the answer to the brand's own sites: the token says which brand, its settings which sites."""
    match, origin = _PATH.match(request.path_info), request.headers.get("Origin")
    if match is None or not origin:
        return False
    try:
        asked = found_by(request, match[1])
    except (RateLimited, Error):
        return False
    return asked is not None and origin in asked.origins


def register() -> None:
    check_request_enabled.connect(allow_own_sites, dispatch_uid="surveys.allow_own_sites")


def _read(request: HttpRequest) -> dict[str, Any] | None:
    if len(request.body) > _LONGEST_BODY:
        return None
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _valid(asked: Asked, given: object) -> dict[str, Answer]:
    """Return the answers of earlier steps, as far as they are some."""
    known = {each.key: each for each in asked.form.questions}
    said: Mapping[str, Any] = given if isinstance(given, dict) else {}
    return counted(asked.form, {k: v for k, v in said.items() if k in known and problems_of(known[k], v) is None})


def _said_of(step: Step | None, said: object) -> dict[str, Any]:
    told: Mapping[str, Any] = said if isinstance(said, dict) else {}
    return {each.key: told.get(each.key) for each in step.questions} if step else {}


def _shown(asked: Asked, given: Mapping[str, Answer]) -> dict[str, Any]:
    shown, step = worded(asked.form, asked.language), step_after(asked.form, given)
    words = words_in(shown.language)
    told: dict[str, Any] = {
        "finished": step is None,
        "language": shown.language,
        "rightToLeft": shown.right_to_left,
        "title": shown.title,
        "look": {name: getattr(shown.look, name) for name in ("background", "text", "accent", "on_accent")},
        "words": {name: words[name] for name in _WORDS},
    }
    if step is None:
        return {**told, "thanks": shown.thanks or words["thanks"]}
    questions = [_question(shown, each.key) for each in step.questions]
    return {**told, "greeting": "" if given else shown.greeting, "last": step.is_last, "given": given,
            "questions": questions}  # fmt: skip


def _question(shown: WordedForm, key: str) -> dict[str, Any]:
    found = shown.question(key)
    assert found is not None
    return {
        "key": found.key, "kind": found.kind, "required": found.required, "low": found.low, "high": found.high,
        "title": found.title, "help": found.help, "lowest": found.lowest, "highest": found.highest,
        "choices": [{"key": each.key, "label": each.label} for each in found.choices],
    }  # fmt: skip


def _refused(status: int, code: str) -> JsonResponse:
    return JsonResponse({"error": code}, status=status)
