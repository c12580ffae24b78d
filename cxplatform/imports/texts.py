"""Text that a database column can hold."""

from cxplatform.imports.problems import Code, Refused


def storable(text: str) -> str:
    """Return the text as it is.

    Raises: Refused, for NUL, which PostgreSQL refuses, and for a lone surrogate, which is how a byte that is not
    UTF-8 and a broken JSON escape come here.
    """
    if "\0" in text:
        raise Refused(Code.INVALID_TEXT, "contains a NUL character")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Refused(Code.INVALID_TEXT, "is not valid UTF-8") from None
    return text


def shown(text: str, most: int = 40) -> str:
    """Quote a value for a message: short, and printable whatever it was."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return repr(cut.encode("utf-8", "replace").decode())
