"""Columns of addresses in the web, which are kept and never opened."""

import re
from dataclasses import dataclass

from cxplatform.imports.column_types import PlainType
from cxplatform.imports.problems import Code, Refused

# No name or password before the host, nothing a page or a terminal could take for something else.
_ADDRESS = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-~]*)?\Z", re.IGNORECASE)
_UNSAFE = re.compile(r"""["'<>\\`{}|^]""")


@dataclass(frozen=True)
class Address(PlainType):
    """An https address without credentials, in ASCII, of at most so many characters; refusals do not repeat it."""

    most: int

    def from_text(self, cell: str) -> str | None:
        address = cell.strip()
        if len(address) > self.most:
            raise Refused(Code.TOO_LONG, f"has {len(address):,} characters; at most {self.most:,} are kept")
        if address and (not _ADDRESS.match(address) or _UNSAFE.search(address)):
            raise Refused(Code.INVALID_TYPE, "must be an address that begins with https:// and holds no credentials")
        return address or None
