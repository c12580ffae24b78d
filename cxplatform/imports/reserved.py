"""Keys that no source may bring: what is left of the keys of erased rows begins so."""

from typing import Final

ERASED: Final = "erased-"
