"""The e-mail as HTML in the brand's colours: tables and inline styles, for that is all that mail programs agree on."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.surveys.forms.look import Look
from apps.surveys.sending.content import clicks_of, first_question
from apps.surveys.sending.outgoing import Outgoing
from apps.surveys.sending.words import words_in

LOGO_ID = "logo"
_FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title></head>
<body style="margin:0;padding:0;background:{background};color:{text};{font};font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="24" cellspacing="0" border="0" style="max-width:560px">
<tr><td dir="{direction}">{logo}{greeting}{question}{clicks}
<p style="margin:24px 0">{button}</p>
<hr style="border:0;border-top:1px solid {text};opacity:.3">
<p style="font-size:13px">{why}<br><a href="{unsubscribe}" style="color:{text}">{leave}</a></p>
</td></tr></table>
</td></tr></table>
</body>
</html>
"""


def html_of(message: Outgoing) -> SafeString:
    """Return the e-mail as HTML; whatever anybody wrote is escaped."""
    form, look, words = message.form, message.form.look, words_in(message.form.language)
    question = first_question(message)
    return format_html(
        _PAGE,
        language=form.language,
        direction="rtl" if form.right_to_left else "ltr",
        title=form.title or words.subject,
        font=_FONT,
        background=look.background,
        text=look.text,
        logo=_logo(message),
        greeting=_paragraph(form.greeting),
        question=format_html('<h1 style="font-size:20px">{}</h1>', question.title) if question else "",
        clicks=_clicks(message),
        button=_button(message.page, words.answer, look, padding="12px 24px"),
        why=words.why.format(brand=message.brand_name),
        unsubscribe=message.unsubscribe,
        leave=words.unsubscribe,
    )


def _logo(message: Outgoing) -> str | SafeString:
    if message.form.look.logo is None:
        return ""
    image = '<p><img src="cid:{}" alt="{}" height="48" style="height:48px;max-width:100%"></p>'
    return format_html(image, LOGO_ID, message.brand_name)


def _paragraph(text: str) -> str | SafeString:
    return format_html("<p>{}</p>", text) if text else ""


def _clicks(message: Outgoing) -> str | SafeString:
    question, clicks = first_question(message), clicks_of(message)
    if question is None or not clicks:
        return ""
    look = message.form.look
    links = format_html_join(
        " ", "{}", ((_button(link, str(score), look, padding="8px 12px"),) for score, link in clicks)
    )
    ends = [
        f"{score} = {word}" for score, word in _ends(question.low, question.high, question.lowest, question.highest)
    ]
    told = _paragraph(" · ".join(ends))
    words = words_in(message.form.language)
    return format_html('{}<p>{}</p><p style="font-size:13px">{}</p>', told, links, words.confirm)


def _ends(low: int | None, high: int | None, lowest: str, highest: str) -> list[tuple[int | None, str]]:
    return [(score, word) for score, word in ((low, lowest), (high, highest)) if word]


def _button(link: str, label: str, look: Look, *, padding: str) -> SafeString:
    style = (
        "display:inline-block;background:{};color:{};padding:{};margin:2px 0;border-radius:4px;line-height:1.2;"
        "text-decoration:none"
    )
    return format_html(
        '<a href="{}" style="{}">{}</a>', link, style.format(look.accent, look.on_accent, padding), label
    )
