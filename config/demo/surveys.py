"""What a demo brand's surveys ask: published as its administrator would have before the first answer came."""

from datetime import datetime
from typing import Any, Final

from apps.accounts.authentication import authenticate
from apps.surveys import authoring
from apps.surveys.forms import Branch, Choice, Form, Look, Question
from apps.surveys.models import SCORE_RANGES, Survey, SurveyVersion
from config.demo.story.answers import SURVEYS
from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks
from config.demo.telling import told_on
from cxplatform.tenancy.doors import brand_tx

# In English and in German.
_NAMES: Final = {
    "NPS": ("How customers like us", "Wie Kunden uns finden"),
    "CSAT": ("After a contact: satisfaction", "Nach einem Kontakt: Zufriedenheit"),
    "CES_7": ("After a contact: effort", "Nach einem Kontakt: Aufwand"),
    "FCR": ("After a contact: solved?", "Nach einem Kontakt: gelöst?"),
}
_SCORES: Final = {
    "NPS": (
        ("How likely are you to recommend us to friends?", "Wie wahrscheinlich empfehlen Sie uns weiter?"),
        ("Not at all likely", "Gar nicht wahrscheinlich"),
        ("Extremely likely", "Sehr wahrscheinlich"),
    ),
    "CSAT": (
        ("How satisfied are you with how we helped you?", "Wie zufrieden sind Sie mit unserer Hilfe?"),
        ("Very dissatisfied", "Sehr unzufrieden"),
        ("Very satisfied", "Sehr zufrieden"),
    ),
    "CES_7": (
        ("How easy was it to get this solved?", "Wie einfach war es, das zu klären?"),
        ("Very difficult", "Sehr schwierig"),
        ("Very easy", "Sehr einfach"),
    ),
    "FCR": (
        ("Was it solved the first time you asked?", "Wurde es beim ersten Mal gelöst?"),
        ("No", "Nein"),
        ("Yes", "Ja"),
    ),
}
_WHY: Final = ("We are sorry. What went wrong?", "Das tut uns leid. Was ist schiefgegangen?")
_LIKED: Final = ("What do you like about us?", "Was gefällt Ihnen an uns?")
_FAULT: Final = ("What should we have done better?", "Was hätten wir besser machen sollen?")
_FAULTS: Final = {
    "wait": ("The wait was too long", "Zu lange Wartezeit"),
    "unsolved": ("It is not solved", "Es ist nicht gelöst"),
    "repeated": ("I had to say it twice", "Ich musste es zweimal sagen"),
    "unfriendly": ("Nobody was friendly", "Niemand war freundlich"),
}
_THANKS: Final = ("Thank you. Every answer is read.", "Danke. Wir lesen jede Antwort.")
_LOOKS: Final = {"en": Look(accent="#7a1f5c"), "de": Look(accent="#0a6b4f")}


def ensure_surveys(plan: Plan, token: str, now: datetime) -> None:
    """Say what the brand's surveys ask if nobody said so yet, by the key of its administrator."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    began = Weeks(told_on(brand, now), brand.zone).start.replace(tzinfo=brand.zone)
    named = 1 if plan.locale == "de" else 0
    with brand_tx(brand):
        if SurveyVersion.objects.exists():
            return
        for kind, key in SURVEYS.items():
            about: dict[str, Any] = {"actor": admin, "name": _NAMES[kind][named], "now": began}
            survey = Survey.objects.filter(key=key).first()
            if survey is None:
                survey = authoring.create_survey(key=key, kind=kind, scope=None, **about)
            else:
                authoring.rename_survey(survey_id=survey.pk, **about)
            draft = authoring.draft_survey_version(actor=admin, survey_id=survey.pk, now=began)
            authoring.edit_survey_draft(actor=admin, version_id=draft.pk, form=_form(kind, plan.locale), now=began)
            authoring.publish_survey_version(actor=admin, version_id=draft.pk, now=began)


def _form(kind: str, locale: str) -> Form:
    """Ask those who give a low score what went wrong, and those who recommend us what they like."""
    low, high = SCORE_RANGES[kind]
    title, lowest, highest = _SCORES[kind]
    words = {
        language: {"title": title[place], "lowest": lowest[place], "highest": highest[place]}
        for place, language in enumerate(("en", "de"))
    }
    below = {"NPS": 6, "CSAT": 3, "CES_7": 4, "FCR": 0}[kind]
    first = "fault" if kind == "CSAT" else "why"
    branches = (Branch(first, at_most=below), Branch("liked" if kind == "NPS" else None))
    follow = [Question("why", "TEXT", texts=_titled(_WHY), branches=(Branch(None),))]
    if kind == "CSAT":
        offered = tuple(Choice(key, dict(zip(("en", "de"), said, strict=True))) for key, said in _FAULTS.items())
        follow.insert(0, Question("fault", "MULTIPLE_CHOICE", texts=_titled(_FAULT), choices=offered))
    if kind == "NPS":
        follow.append(Question("liked", "TEXT", texts=_titled(_LIKED)))
    score = Question("score", kind, required=True, low=low, high=high, texts=words, branches=branches)
    thanks = {language: {"thanks": said} for language, said in zip(("en", "de"), _THANKS, strict=True)}
    return Form(kind, locale, (score, *follow), thanks, _LOOKS[locale])


def _titled(said: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {language: {"title": title} for language, title in zip(("en", "de"), said, strict=True)}
