"""How people stand to each other, as single sentences state it: kinship and office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.digesters.extractive.callings import is_role
from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.kinship import kin_before, owner_of
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Line, Reading


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation as one sentence states it: ``to`` is ``who``'s ``as_`` (or ``who`` is ``as_`` ``to``)."""

    who: str
    to: str
    as_: str
    line: int


def relations_of(reading: Reading, cast: Cast) -> list[FoundRelation]:
    """Kinship and office between people, as single sentences state them."""
    found: dict[tuple[str, str], FoundRelation] = {}
    people = [p for p in cast if p.kind == "person"]
    for person in people:
        for span in person.spans:
            for relation in _related(reading, person, span, people):
                found.setdefault((relation.who, relation.to), relation)
    return list(found.values())


def _related(reading: Reading, person: Person, span: Span, people: Cast) -> Iterable[FoundRelation]:
    line = reading.lines[span.line - 1]
    kin = kin_before(line.text, span.start)
    if kin:
        owner = owner_of(reading, span, people) or _owner_by_pronoun(line, span, kin, people)
        if owner and owner is not person:
            word = kin["kin"]
            yield FoundRelation(owner.id, person.id, word, line.number)
            yield FoundRelation(person.id, owner.id, f"{word} of", line.number)
    yield from _by_office(line, person, span, people)
    yield from _kin_behind(line, person, span, people)


def _owner_by_pronoun(line: Line, span: Span, kin: re.Match[str], people: Cast) -> Person | None:
    """``Maduro and his wife Cilia Flores``: the one person named just before, if the gender fits."""
    if not kin["pronoun"]:
        return None
    before = [
        (s.end, p) for p in people for s in p.spans if s.line == line.number and s.end < span.start - len(kin["kin"])
    ]
    fits = "m" if kin["pronoun"].lower() == "his" else "f" if kin["pronoun"].lower() == "her" else None
    near = [p for _, p in sorted(before, key=lambda pair: -pair[0]) if p.gender in (fits, None)]
    return near[0] if near and fits and len({p.id for p in near}) == 1 else None


_OFFICE = re.compile(
    r"^, (?:who (?P<tense>is|was|serves? as|served as|worked as|works as) )?(?:the "
    r"|a )?(?P<owner>[A-Z][\w’'. -]{1,40}?)[’']s? "
    r"(?P<office>(?:\w+ ){0,2}?(?P<head>[a-z-]+))(?=[,.;:—–]|$| said| and )"
)


def _by_office(line: Line, person: Person, span: Span, people: Cast) -> Iterable[FoundRelation]:
    """``who served as Maduro's deputy``: someone's deputy, lawyer, successor."""
    match = _OFFICE.match(line.text[span.end :])
    if match is None or not (
        is_role(match["head"])
        or match["head"] in KIN
        or match["head"] in ("successor", "predecessor", "ally", "rival", "running-mate")
    ):
        return
    start = span.end + match.start("owner")
    owners = [
        p
        for p in people
        for s in p.spans
        if s.line == line.number and s.start >= start and s.end <= span.end + match.end("owner") + 2
    ]
    if len(owners) != 1 or owners[0] is person:
        return
    past = (match["tense"] or "") in ("was", "served as", "worked as")
    office = match["office"]
    yield FoundRelation(person.id, owners[0].id, f"was {office} of" if past else f"{office} of", line.number)
    yield FoundRelation(owners[0].id, person.id, f"former {office}" if past else office, line.number)


_KIN_BEHIND = re.compile(
    r"^, (?:the |a )?(?:(?:\w+ ){0,2})?(?P<kin>" + "|".join(KIN) + r") of (?P<owner>[A-Z][\w’'. -]{1,40})"
)


def _kin_behind(line: Line, person: Person, span: Span, people: Cast) -> Iterable[FoundRelation]:
    """``Ana Roe, sister of Jo Roe``."""
    match = _KIN_BEHIND.match(line.text[span.end :])
    if match is None:
        return
    start = span.end + match.start("owner")
    found = next(((p, s) for p in people for s in p.spans if s.line == line.number and s.start == start), None)
    # "Father of Chris Pine's captain" is not Pine's father.
    owner = found[0] if found and line.text[found[1].end : found[1].end + 2] not in ("'s", "’s") else None
    if owner and owner is not person:
        yield FoundRelation(owner.id, person.id, match["kin"], line.number)
        yield FoundRelation(person.id, owner.id, f"{match['kin']} of", line.number)
