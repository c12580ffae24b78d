"""What a message says in plain text: its subject, its body, and its first question. Pure."""

import unicodedata

from apps.surveys.forms import WordedQuestion
from apps.surveys.sending.outgoing import Outgoing
from apps.surveys.sending.words import words_in

# More would not fit on a phone.
_MOST_CLICKS = 11
_LONGEST_SUBJECT = 150


def subject_of(message: Outgoing) -> str:
    """Return the subject: one line, whatever the brand wrote."""
    words = words_in(message.form.language)
    title = message.form.title or words.subject
    return one_line(f"{words.reminder}: {title}" if message.is_reminder else title)[:_LONGEST_SUBJECT]


def clicks_of(message: Outgoing) -> list[tuple[int, str]]:
    """Return the scores of the first question with the links that open the page with each; none if it has no scale."""
    question = first_question(message)
    if question is None or question.low is None or question.high is None:
        return []
    scores = range(question.low, question.high + 1)
    return [(score, f"{message.page}?a={score}") for score in scores] if len(scores) <= _MOST_CLICKS else []


def first_question(message: Outgoing) -> WordedQuestion | None:
    return message.form.questions[0] if message.form.questions else None


def text_of(message: Outgoing) -> str:
    """Return the e-mail as plain text."""
    words, question = words_in(message.form.language), first_question(message)
    lines = [message.form.greeting, question.title if question else ""]
    clicks = clicks_of(message)
    if clicks and question:
        ends = [_end(question.low, question.lowest), _end(question.high, question.highest)]
        lines += ["\n".join(each for each in ends if each), "\n".join(f"{score}: {link}" for score, link in clicks)]
        lines.append(words.confirm)
    lines += [f"{words.answer}: {message.page}", "--", words.why.format(brand=message.brand_name)]
    lines.append(f"{words.unsubscribe}: {message.unsubscribe}")
    return "\n\n".join(line for line in lines if line) + "\n"


def short_text_of(message: Outgoing) -> str:
    """Return what a short message or a chat says."""
    question = first_question(message)
    asked = (question.title if question else "") or message.form.title or words_in(message.form.language).subject
    return one_line(f"{message.brand_name}: {asked} {message.page}")


def one_line(text: str) -> str:
    """Return a text without line ends and other control characters."""
    seen = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in text)
    return " ".join(seen.split())


def _end(score: int | None, word: str) -> str:
    return f"{score} = {word}" if word else ""
