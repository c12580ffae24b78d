"""Which media type an answer has, and whether a body's can be read."""

from django.http.request import MediaType

from cxplatform.remembering import remembered

LEGACY = "application/json"
GRAPHQL = "application/graphql-response+json"


@remembered(128)
def answer_type(accept: str | None) -> str | None:
    """Choose the answer's media type: the client's best, application/json when it does not care, None when neither."""
    if not accept or not accept.strip():
        return LEGACY
    # Of two equally good ones the one that is named, and of two named ones the older.
    offers = [
        (_quality(accept, offered), offered in accept, offered == LEGACY, offered) for offered in (LEGACY, GRAPHQL)
    ]
    quality, _, _, best = max(offers)
    return best if quality > 0 else None


def prefers_html(accept: str | None) -> bool:
    """Tell whether the client wants a page rather than an answer, as a browser does that opens an address."""
    return _quality(accept or "", "text/html") > max(_quality(accept or "", offered) for offered in (LEGACY, GRAPHQL))


def _quality(accept: str, offered: str) -> float:
    """Return the q of the most specific range that matches."""
    matches = []
    for part in accept.split(","):
        media = MediaType(part)
        if not media.match(offered):
            continue
        specificity = (media.main_type != "*") + (media.sub_type != "*")
        matches.append((specificity, _q(media.params.get("q"))))
    return max(matches, default=(0, 0.0))[1]


def _q(value: object) -> float:
    try:
        return min(max(float(str(value)), 0.0), 1.0) if value is not None else 1.0
    except ValueError:
        return 0.0


@remembered(128)
def readable(content_type: str | None) -> bool:
    """Tell whether a body of this type is JSON in UTF-8."""
    if not content_type:
        return False
    media = MediaType(content_type)
    charset = str(media.params.get("charset", "utf-8")).strip('"').lower()
    return (media.main_type, media.sub_type) == ("application", "json") and charset in ("utf-8", "utf8")
