"""Relatives: whose brother or daughter a name is said to be, and what that tells of both."""

from __future__ import annotations

import re

from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.lexicon import FEMALE, MALE, fold
from bot.digesters.extractive.people import SUFFIXES, Cast, Person
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading

_KIN_NAME = re.compile(
    r"(?:(?P<pronoun>\b(?:[Hh]is|[Hh]er|[Tt]heir))|(?P<owner>[’']s)|\bthe)\s+(?:(?:late|"
    r"elder|older|younger|eldest|youngest|"
    r"twin|then|former|second|first|new|estranged|only|[a-z]+-year-old|\d+-year-old)\s+){0,2}(?P<kin>"
    + "|".join(KIN)
    + r"),?\s$"
)
_SHARED_SURNAME = frozenset("brother sister father son daughter uncle grandfather grandson twin".split())


def kin_before(text: str, start: int) -> re.Match[str] | None:
    """The kinship phrase that stands directly before ``start``, such as ``'s brother, ``."""
    return _KIN_NAME.search(text[max(0, start - 50) : start])


def owner_of(reading: Reading, span: Span, people: Cast) -> Person | None:
    """Whose relative ``span`` is, where the name with 's or "and his" stands right before the kinship word."""
    line = reading.lines[span.line - 1]
    match = kin_before(line.text, span.start)
    if match is None or not (match["owner"] or match["pronoun"]):
        return None
    at = max(0, span.start - 50) + match.start()
    if match["pronoun"]:
        # "Jo Roe and his son Li": Li Roe.
        named = line.text[:at].removesuffix(" and ")
        joined = [p for p in people for s in p.spans if (s.line, s.end) == (span.line, len(named))]
        return joined[0] if len(named) < at and joined else None
    token = next((t for t in line.tokens if t.end == at), None)
    if token is None:
        return None
    word = fold(token.text)
    owners = [p for p in people if p.kind == "person" and word in (p.last, p.first) and not p.by_kin]
    return owners[0] if len(owners) == 1 else None


def relatives(reading: Reading, spans: list[Span], people: Cast) -> Cast:
    """Relatives given by first name alone: ``Rodriguez's brother, Jorge`` opens a new person of that surname."""
    taken = {id(s) for p in people for s in p.spans}
    for span in spans:
        if len(span.words) != 1 or id(span) in taken:
            continue
        match = kin_before(reading.lines[span.line - 1].text, span.start)
        owner = owner_of(reading, span, people)
        if match is None or owner is None or fold(span.words[0]) in (owner.first, owner.last):
            continue
        known = [p for p in people if p.first == span.key and p.last == owner.last]
        if known:
            known[0].spans.append(span)
        elif match["kin"] in _SHARED_SURNAME and len(owner.name.split()) > 1:
            surname = owner.name.split(maxsplit=1)[1]
            people = [*people, Person(f"{span.text} {surname}", "person", [span], by_kin=True)]
    return people


def is_second(reading: Reading, person: Person) -> bool:
    """Whether a sentence names someone else by the surname before it names the person in full.

    ``President Roe upset Jo Roe``, ``Roe's wife, Jo Roe``: no one is called by less and then by more in one breath.
    """
    words = [word for word in person.name.split() if fold(word).rstrip(".") not in SUFFIXES]
    first, last = re.escape(words[0]), re.escape(words[-1])
    kin = "|".join(KIN)
    told = re.compile(rf"(?:\b(?:{_RULING}) {last}\b.*\b|\b{last}[’']s (?:\w+ )?(?:{kin}),? ){first} {last}\b")
    texts = [reading.article.title, *(line.text for line in reading.body)]
    return any(told.search(text) for text in texts if words[0] in text)


_RULING = "President|Premier|Chancellor|King|Queen"
_MEN = frozenset(
    "brother father son husband widower uncle nephew grandfather grandson boyfriend fiance fiancé stepfather stepson "
    "half-brother ex-husband".split()
)
#: Which gender a word of kinship shows.
KIN_GENDER = {word: MALE if word in _MEN else FEMALE for word in KIN if word not in ("cousin", "partner", "twin")}
