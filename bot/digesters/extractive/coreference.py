"""Whom a pronoun or a description means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.pronouns import Pronouns
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading

# Words of these heads speak for the country or body they belong to.
_BODIES = frozenset("government administration ministry regime authorities embassy".split())
_SPOKEN_FOR = frozenset("spokesman spokeswoman spokesperson statement".split())
# Below this share of the likelihood a pronoun is left open.
_SURE = 0.75
# Whoever was not named for so many sentences is meant by no mere ``the singer``.
_IN_MIND = 12
# A surname that stands so many sentences before its full name may be another's.
_FAR = 30
# So many letters tell France from Spain, and France from French no more.
_STEM = 4
_KIN_OF = re.compile(rf"\b(?:{'|'.join(KIN)}) of (?:[\w.’'-]+ ){{0,6}}$")
_SOMEONE = re.compile(
    r"\b(?:the|a|an|another|one|this|that) (?:[\w-]+ ){0,2}?(?:man|woman|boy|girl|"
    r"patient|suspect|driver|officer|official|victim|"
    r"spokesman|spokeswoman|spokesperson|teenager|student|teacher|mother|father|husband|"
    r"wife|judge|player|source|person|gunman|shooter|attacker|assailant|killer|bomber|robber|thief|intruder|defendant|"
    r"resident|worker|employee|neighbou?r|friend|colleague|survivor|soldier|passenger|"
    r"rider|pilot|doctor|caller|user|author|[\w-]+-year-old)\b",
    re.IGNORECASE,
)


_IN_FULL = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "prof": "professor"}
# So far behind "Roe's" stands the relative at most: ``Roe's younger brother, Al``.
_NEXT = 30
# Offices that many hold at once.
_OF_MANY = frozenset("senator congressman congresswoman representative spokesman spokeswoman minister judge".split())
_COURTESY = frozenset("mr mrs ms miss".split())


def _last_in_full(person: Person, line: int, start: int) -> tuple[int, int]:
    """Where a person was last named by more than one word before a place."""
    places = ((span.line, span.start) for span in person.spans if len(span.words) > 1)
    return max((place for place in places if place < (line, start)), default=(0, 0))


_DESCRIPTION = re.compile(r"\b[Tt]he ((?:[a-z-]+ )?[a-z-]+)\b")


class Resolver:
    """Answers who is meant at a place of the article."""

    def __init__(
        self, reading: Reading, cast: Cast, passages: Sequence[Passage], roles: Mapping[str, Sequence[str]]
    ) -> None:
        """Prepare for ``cast``; ``roles`` gives the role titles of each entity by id."""
        self._cast = cast
        self._roles = roles
        self._paragraph = {line.number: line.paragraph for line in reading.lines}
        self._text = {line.number: line.text for line in reading.lines}
        self._people = [(span, p) for p in cast if p.kind == "person" for span in p.spans]
        self._people.sort(key=lambda pair: (pair[0].line, pair[0].start))
        surnames = [p.last for p in cast if p.kind == "person" and not p.by_kin]
        self._shared = {last for last in surnames if surnames.count(last) > 1}
        told = fold(" ".join(self._text.values()))
        self._elders = set(re.findall(r"\b(?:elder|younger|older) ([\w'-]+)", told))
        self._elders |= {p.last for span, p in self._people if len(span.words) > 1 and self._as_kin(span, p)}
        self._pronouns = Pronouns(reading, cast, passages)

    def _as_kin(self, span: Span, person: Person) -> bool:
        """Whether a full name only tells whose relative another of the name is: ``Roe is a nephew of Jo Roe``."""
        bare = any(s.line == span.line and s.start < span.start and len(s.words) == 1 for s in person.spans)
        return bare and bool(_KIN_OF.search(self._text[span.line][: span.start]))

    def named_later(self, person: Person, line: int) -> bool:
        """Whether a person is first named in full, or by an office, long after a sentence: it may mean another."""
        told = [span.line for span in person.spans if len(span.words) > 1 or span.title]
        return bool(told) and min(told) > line + _FAR

    def shared(self, person: Person, phrase: str, line: int, start: int) -> bool:
        """Whether a phrase at a place names a person by a surname that may mean another there.

        So it may where the article tells an elder from a younger of the name, and where someone else who bears it was
        named in full later than the person, and not long before.
        """
        words = fold(phrase).split()
        if person.first in words:
            return False
        if person.last in self._elders or self._gives_way(person, line, start):
            return True
        if person.last not in self._shared or _COURTESY & {word.rstrip(".") for word in words}:
            return False
        bearers = (p for p in self._cast if p.kind == "person" and p.last == person.last and not p.by_kin)
        named = {p.id: _last_in_full(p, line, start) for p in bearers}
        latest = max(named, key=lambda each: named[each])
        return latest != person.id and named[latest][0] >= line - _IN_MIND

    def _gives_way(self, person: Person, line: int, start: int) -> bool:
        """Whether last before a place only a relative was told of: ``Jo Roe's son Al answered. "…," Roe wrote``."""
        before = [span for span in person.spans if (span.line, span.start) < (line, start)]
        kin = [s for p in self._cast if p.by_kin and p.last == person.last for s in p.spans]
        for last in reversed(before):
            if any(s.line == last.line and 0 < s.start - last.end < _NEXT for s in kin):
                return bool(re.match(r"[’']s ", self._text[last.line][last.end :])) and last.line >= line - _IN_MIND
            if len(last.words) > 1:
                return False
        return False

    def pronoun(self, word: str, line: int, start: int) -> Person | None:
        """The person that ``he`` or ``she`` at a place means; None where it is not clear."""
        meant = self._pronouns.meant(line, start)
        if meant is None or meant.share < _SURE or self._someone_between(line):
            return None
        return meant.person

    def _someone_between(self, line: int) -> bool:
        """Whether the last sentences name someone by a surname two people bear: the pronoun may mean that one."""
        if not self._shared:
            return False
        for number in (line, line - 1):
            told = {p.last for span, p in self._people if span.line == number}
            if set(re.findall(r"\w+", fold(self._text.get(number, "")))) & (self._shared - told):
                return True
        return False

    def named_before(self, line: int, start: int) -> bool:
        """Whether a sentence names any of the cast before a place in it."""
        return any(span.line == line and span.start < start for p in self._cast for span in p.spans)

    def sure(self, word: str, line: int, start: int) -> bool:
        """Whether a pronoun may be replaced by a name: no one unnamed, and no second person, comes into question."""
        person = self.pronoun(word, line, start)
        recent = [self._text.get(n, "") for n in (line - 2, line - 1)]
        if person is None or any(_SOMEONE.search(text) for text in recent) or _SOMEONE.search(self._text[line][:start]):
            return False
        if any(span.line == line for span in person.spans):
            # A sentence that names someone later on does not mean the same one by the pronoun before.
            return False
        described = " ".join(_DESCRIPTION.findall(self._text.get(line - 1, ""))).split()
        if any(word in lexicon.words("roles") and not self._bears(person, word) for word in described):
            return False
        near = {p.id for span, p in self._people if line - 2 <= span.line < line and p.gender in (person.gender, None)}
        return near <= {person.id}

    def description(self, head: str, phrase: str, line: int) -> Person | None:
        """The entity that ``the interim president`` or ``the ministry`` means, if only one fits."""
        if not re.match(r"(?i)(the|his|her|its|their)\b", phrase) and head not in _BODIES:
            return None
        by_role = [p for p in self._cast if p.kind == "person" and self._bears(p, head) and self._in_mind(p, line)]
        if len(by_role) > 1:
            words = set(fold(phrase).split()) - {"the", head}
            by_role = [
                p for p in by_role if any(words and words <= set(fold(r).split()) | {head} for r in self._titles(p))
            ] or by_role
            if len(by_role) > 1:
                near = [p for p in by_role if any(line - 3 <= n <= line for n in p.lines)]
                by_role = near if len(near) == 1 else []
        if len(by_role) == 1:
            meant = self._fits(by_role[0], phrase) and not self._outdone(by_role[0], head, line)
            return by_role[0] if meant else None
        bodies = [p for p in self._cast if p.kind == "organisation" and fold(p.name).split()[-1].rstrip(".") == head]
        # "The Dallas police department" is not the one of New York that the article names.
        called = {fold(word) for word in re.findall(r"(?<=\s)[A-Z][\w’'-]+", phrase)}
        bodies = [p for p in bodies if called <= set(fold(p.name).split())]
        return bodies[0] if len(bodies) == 1 and bodies[0].spans[0].line <= line else None

    def _outdone(self, person: Person, head: str, line: int) -> bool:
        """Whether this paragraph has named someone else, of whom no office is told, and the person not at all."""
        here = [n for n in self._text if self._paragraph[n] == self._paragraph[line] and n <= line]
        if any(n in here for n in person.lines):
            return False
        others = (p for span, p in self._people if span.line in here and span.line < line and len(span.words) > 1)
        return any(not self._titles(p) and head in _OF_MANY for p in others)

    def _fits(self, person: Person, phrase: str) -> bool:
        """Whether all that a description names is told of the person: no Ohio senator is ``the Maine senator``.

        Nor is a party's spokesman ``the prime minister's official spokesman``.
        """
        owner = re.match(r"(?:[Tt]he )?([a-z][a-z ]+)[’']s ", phrase)
        if owner and not any(set(owner[1].split()) <= set(fold(title).split()) for title in self._titles(person)):
            return False
        named = {fold(word) for word in re.findall(r"(?<=\s)[A-Z][\w’'-]+", phrase)}
        told = fold(" ".join(self._text[n] for n in person.lines))
        return all(word.removesuffix("'s")[:_STEM] in told for word in named)

    def _in_mind(self, person: Person, line: int) -> bool:
        """Whether a description may still mean a person: named of late, or the one the article is about."""
        before = [n for n in person.lines if n <= line]
        most = max(len(p.spans) for p in self._cast if p.kind == "person")
        return bool(before) and (line - before[-1] <= _IN_MIND or len(person.spans) == most)

    def _titles(self, person: Person) -> list[str]:
        return [*self._roles.get(person.id, ()), *(span.title for span in person.spans if span.title)]

    def _bears(self, person: Person, head: str) -> bool:
        heads = (fold(t).split(" of ")[0].split()[-1].rstrip(".") for t in self._titles(person) if t.split())
        return any(head == _IN_FULL.get(each, each) for each in heads)

    def body_for(self, head: str, phrase: str, of: Person | None) -> Person | None:
        """Whose word a spokesperson or government gives: the body or country it belongs to."""
        country = self._country_in(phrase)
        if head in _BODIES:
            return country or (of if of and of.kind in ("organisation", "place") else None)
        if head in _SPOKEN_FOR and of and of.kind == "organisation":
            return of
        return None

    def _country_in(self, phrase: str) -> Person | None:
        for word in re.findall(r"[\w.]+", phrase):
            country = lexicon.by_demonym().get(fold(word)) or lexicon.countries().get(fold(word))
            named = next((p for p in self._cast if country and p.country is country), None)
            if named:
                return named
        return None
