"""Walk a chain and say what does not hold. Pure: rows and anchors come in order of their sequence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxplatform.audit.links import Head, Link, hash_of


@dataclass(frozen=True)
class Finding:
    """Something wrong with a chain, and the rows it is wrong at."""

    what: str
    first: int
    last: int

    def __str__(self) -> str:
        rows = f"row {self.first}" if self.first == self.last else f"rows {self.first} to {self.last}"
        return f"{rows}: {self.what}"


class Walk:
    """One walk along a schema's chain; afterwards `head` is where it ended.

    `anchors` are heads that somebody wrote down elsewhere while they were the chain's.
    """

    def __init__(self, schema: str, anchors: Iterable[Head] = ()) -> None:
        self.head = Head()
        self._schema = schema
        self._anchors = iter(anchors)
        self._anchor = next(self._anchors, None)
        self._told = 0

    def findings(self, links: Iterable[Link]) -> Iterator[Finding]:
        """Yield what is wrong, as it is met. A wrong row is followed on as it stands, so that it is told of once."""
        for link in links:
            finding = self._missing(link) or self._wrong(link)
            self.head = Head(link.sequence, link.hash)
            finding = finding or self._unlike_its_anchor()
            if finding is not None:
                self._told = finding.last
                yield finding
        yield from self._cut_off()

    def _missing(self, link: Link) -> Finding | None:
        expected = self.head.sequence + 1
        return Finding("deleted", expected, link.sequence - 1) if link.sequence > expected else None

    def _wrong(self, link: Link) -> Finding | None:
        follows = link.previous_hash == self.head.hash
        if hash_of(self._schema, link) != link.hash:
            what = "edited" if follows else "not in its place: reordered, or edited"
            return Finding(what, link.sequence, link.sequence)
        if not follows and self._told != self.head.sequence:
            before = self.head.sequence
            return Finding(f"edited and hashed anew: row {link.sequence} followed on another", before, before)
        return None

    def _unlike_its_anchor(self) -> Finding | None:
        at = self.head.sequence
        while self._anchor is not None and self._anchor.sequence <= at:
            anchor, self._anchor = self._anchor, next(self._anchors, None)
            if anchor.sequence == at and anchor.hash != self.head.hash:
                return Finding("not the row that was anchored: it, or one before it, was made anew", at, at)
        return None

    def _cut_off(self) -> Iterator[Finding]:
        """Tell of the last anchor, if the chain does not reach it."""
        last = self._anchor
        for last in self._anchors:  # noqa: B007  # only the last one counts
            pass
        if last is not None and last.sequence > self.head.sequence:
            yield Finding("deleted from the chain's end", self.head.sequence + 1, last.sequence)
