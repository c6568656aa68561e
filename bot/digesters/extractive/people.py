"""An entity of the article while its mentions are being gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.spans import Span
from bot.domain.articles import slug
from bot.domain.digests import Kind

# What follows a name without being of it: generations, degrees, orders, seats.
SUFFIXES = frozenset(
    "jr sr ii iii iv phd md dphil jd llb mba esq frs obe mbe cbe dbe kbe kcb qc kc mp mep msp mla usn usaf usmc "
    "ret ra".split()
)


@dataclass
class Person:
    """One entity of the article while it is being gathered."""

    name: str
    kind: Kind
    spans: list[Span] = field(default_factory=list)
    by_kin: bool = False  #: introduced by a first name as someone's relative
    gender: str | None = None
    country: lexicon.Country | None = None

    @property
    def id(self) -> str:
        """The slug of its name: what other digests call it too."""
        return slug(self.name)

    @property
    def last(self) -> str:
        """The surname, folded; suffixes such as ``Jr.`` left out."""
        words = [w for w in fold(self.name).split() if w.rstrip(".") not in SUFFIXES]
        return words[-1]

    @property
    def first(self) -> str:
        """The first name, folded."""
        return fold(self.name).split()[0]

    @property
    def lines(self) -> list[int]:
        """The sentences that name it, ascending."""
        return sorted({span.line for span in self.spans})


Cast = list[Person]
