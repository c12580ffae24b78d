"""The e-mail that asks: text and HTML, with what mail programs need to let its reader leave."""

from email.mime.image import MIMEImage

from django.core.mail import EmailMultiAlternatives

from apps.surveys.sending.content import subject_of, text_of
from apps.surveys.sending.html import LOGO_ID, html_of
from apps.surveys.sending.outgoing import Outgoing


def mail_of(message: Outgoing) -> EmailMultiAlternatives:
    """Write the e-mail. Django refuses line ends in every header; none gets as far as that."""
    headers = {
        "Message-ID": f"<{message.message_id}>",
        # RFC 8058: the mail program's own button posts to it, and asks for no page.
        "List-Unsubscribe": f"<{message.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # RFC 3834: nobody's absence notice is wanted.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": message.form.language,
    }
    mail = EmailMultiAlternatives(subject_of(message), text_of(message), message.sender, [message.recipient])
    mail.extra_headers = headers
    mail.attach_alternative(html_of(message), "text/html")
    # By this a provider's reports say whose message they speak of.
    mail.metadata = {"brand": str(message.brand), "invitation": str(message.invitation)}  # type: ignore[attr-defined]  # anymail's
    _attach_logo(mail, message)
    return mail


def _attach_logo(mail: EmailMultiAlternatives, message: Outgoing) -> None:
    logo = message.form.look.logo
    if logo is None:
        return
    image = MIMEImage(logo.data, _subtype=logo.media_type.removeprefix("image/"))
    image.add_header("Content-ID", f"<{LOGO_ID}>")
    image.add_header("Content-Disposition", "inline", filename=LOGO_ID)
    mail.mixed_subtype = "related"  # type: ignore[attr-defined]  # Django's, which its stubs do not know
    mail.attach(image)
