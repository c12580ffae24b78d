"""How a brand's page looks: colours that can be read, and a small logo."""

import re
from dataclasses import dataclass
from typing import Final

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}\Z")
LARGEST_LOGO: Final = 20 * 1024
COLOURS: Final = ("background", "text", "accent", "on_accent")


@dataclass(frozen=True)
class Logo:
    """A picture, as its own bytes tell what it is."""

    media_type: str
    data: bytes


@dataclass(frozen=True)
class Look:
    """Colours as #rrggbb: of the page, its text, its buttons and the text on those."""

    background: str = "#ffffff"
    text: str = "#1a1a1a"
    accent: str = "#0b5cad"
    on_accent: str = "#ffffff"
    logo: Logo | None = None


PLAIN: Final = Look()

# Which colour stands on which, and the least contrast of the two. Source: WCAG 2.2, 1.4.3 and 1.4.11, level AA.
_PAIRS: Final = (("text", "background", 4.5), ("on_accent", "accent", 4.5), ("accent", "background", 3.0))


def is_colour(text: str) -> bool:
    return _COLOUR.match(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(look: Look) -> list[tuple[str, str]]:
    """List the colours that do not stand out from what they are on, each with what to say of it."""
    found = []
    for upper, lower, least in _PAIRS:
        ratio = contrast(getattr(look, upper), getattr(look, lower))
        if ratio < least:
            # Cut, not rounded: 4.49 to 1 is not 4.5.
            shown = int(ratio * 100) / 100
            found.append((upper, f"It has a contrast of {shown} to 1 with {lower}; at least {least} are needed."))
    return found


def media_type_of(data: bytes) -> str | None:
    """Tell what a picture is by its first bytes: PNG or WebP, or None. What can hold scripts is neither."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
