"""A sentence of the article as a statement that stands by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.entities import Person
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.text import Line

MAX_STATEMENT = 330
_MIN_WORDS = 6
_LEADS = re.compile(
    r"^(?:(?:However|But|And|Yet|Still|So|Also|Meanwhile|Moreover|Furthermore|Additionally|In addition|Besides|Indeed|"
    r"Nevertheless|Nonetheless|Instead|Thus|Therefore|Plus|Of course|In fact|At the same time|On the other hand|Then|"
    r"Now|Well),?\s+)(?=\S)"
)
_MIDST = re.compile(r",\s(?:however|meanwhile|moreover|though|too|in turn|for example|for instance),(?=\s)")
_PRONOUN = re.compile(r"\b(?P<p>[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Hh]im|[Tt]heir|[Tt]hem)\b(?!\s?(?:/|or\b))")
_HANGING = re.compile(
    r"^(?:It|They|This|These|Those|That|There|Such|Both|Neither|Others?|Another|Some|One|Its|Their|His|Her|Here|"
    r"Who|Which|What|Why|How|When asked|I|We|You|My|Our|Your|I[’']\w+|We[’']\w+|You[’']\w+|"
    r"It[’']s|That[’']s|They[’']\w+|"
    r"The (?:latter|former|two|pair|three|four|same|other|others|move|decision|post|"
    r"plan|statement|comments?|incident|report|man|woman|couple|group|team|company|"
    r"firm))\b"
)
_MARKS = re.compile(r"[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence says, alone."""

    text: str
    evidence: tuple[int, ...]
    hangs: bool  #: whether it leans on the sentence before it: fit for a list, not for a lead


def stated(line: Line, resolver: Resolver) -> Stated | None:
    """The sentence without dateline and connectives, its pronoun named; None where it cannot stand alone."""
    text, evidence, hangs = _with_names(line, resolver)
    text = without_dateline(" ".join(text.split()))
    text = _LEADS.sub("", _MIDST.sub("", text))
    text = text[:1].upper() + text[1:]
    return Stated(text, evidence, hangs or bool(_HANGING.match(text))) if _fit(text) else None


def _with_names(line: Line, resolver: Resolver) -> tuple[str, tuple[int, ...], bool]:
    """The text with its first pronoun named; whether it leans on a person that only the sentence before names."""
    match = _PRONOUN.search(line.text)
    text = line.mended or line.text
    if match is None or resolver.named_before(line.number, match.start()):
        return text, (line.number,), False
    word = match["p"].lower()
    person = resolver.pronoun(word, line.number, match.start()) if word in ("he", "she") and not line.mended else None
    if (
        person is None
        or not _opens_clause(line.text[: match.start()])
        or not resolver.sure(word, line.number, match.start())
    ):
        return text, (line.number,), True
    name, named = _named_at(person, line.number)
    text = line.text[: match.start()] + name + line.text[match.end() :]
    other = _OTHER["he" if word == "she" else "she"]
    return text, (*named, line.number), bool(other.search(text))


_OTHER = {
    "he": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
    "she": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
}


def _named_at(person: Person, before: int) -> tuple[str, tuple[int, ...]]:
    """What to call the person in a sentence, and the last sentence before it that does so: in full, if any does."""
    full = [s.line for s in person.spans if s.line < before and s.key == fold(person.name)]
    if full:
        return person.name, (full[-1],)
    short = [s for s in person.spans if s.line < before]
    return (short[-1].text, (short[-1].line,)) if short else (person.name, tuple(person.lines[:1]))


def _opens_clause(before: str) -> bool:
    """Whether a pronoun is its sentence's subject: nothing before it but a connective or a phrase of time."""
    words = before.replace(",", " ").split()
    return not words or (len(words) <= 5 and not re.search(r"[\"“”]", before) and words[0].lower() in _OPENERS)


_OPENERS = frozenset(
    "but and yet still however also later earlier then now on in at after before meanwhile instead".split()
)


def _fit(text: str) -> bool:
    if len(text) > MAX_STATEMENT or len(text.split()) < _MIN_WORDS or not re.search(r"[.!…][\"'”’)\]]*$", text):
        return False
    marks = _MARKS.findall(text)
    return len(marks) % 2 == 0 and not re.match(r"[\"“”‘'(\[•*\-–—]", text) and "?" not in text[-2:]


def shortened(text: str, limit: int) -> str:
    """``text`` cut to ``limit`` characters at a clause's or word's end, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    clause = max(head.rfind(mark) for mark in (". ", "; ", ": ", " – ", " — ", ", "))
    if clause > limit * 0.6:
        return head[:clause].rstrip(" ,;:–—.") + "…"
    return head.rsplit(" ", 1)[0].rstrip(" ,;:–—.") + "…"
