"""The article's figures as records, with who states them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.figures import Number, numbers_in
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.quotations import mentions_in
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.statements import Statements
from bot.digesters.extractive.text import Line
from bot.domain.digests import Figure

_MOST, _MOST_OF_ONE = 15, 2
_LONGEST = 280
_SPOKEN_UNITS = frozenset(("USD", "dollars", "GBP", "EUR", "AUD", "CAD", "INR", "JPY", "percent"))


def figures_of(
    passages: list[Passage],
    cast: Cast,
    resolver: Resolver,
    statements: Statements,
    spoken: Mapping[tuple[int, int], str],
    domain: str | None,
) -> tuple[Figure, ...]:
    """The figures outside and inside quotations, each once, in order."""
    by_id = {p.id: p for p in cast}
    found: dict[tuple[str, str], Figure] = {}
    for at, passage in enumerate(passages):
        frame: Frame | None = None
        for index, line in enumerate(passage.lines):
            for number in (_in_dollars_of(domain, number) for number in numbers_in(line.text)):
                place = passage.starts[index] + number.start
                frame = frame or Frame(passage, mentions_in(passage, cast))
                inside = next((q for q in passage.quoted if q.start <= place < q.end), None)
                if inside:
                    speaker = by_id.get(spoken.get((at, inside.start), ""))
                    # A number in someone's mouth is that person's; a mere count there is an aside.
                    if speaker and number.unit in _SPOKEN_UNITS:
                        found.setdefault(
                            _once(number), _figure(number, _verbatim(number, line), (line.number,), speaker)
                        )
                    continue
                told = _told(number, line, statements)
                if told:
                    who = _stated_by(frame, index, place, by_id, resolver)
                    found.setdefault(_once(number), _figure(number, *told, who))
    return tuple(_few_of_each(found.values()))[:_MOST]


def _in_dollars_of(domain: str | None, number: Number) -> Number:
    """``number`` without the United States' currency where an outlet of another land of dollars writes but a sign."""
    foreign = (domain or "").endswith((".ca", ".au", ".nz", ".sg", ".hk", ".tw"))
    bare = number.unit == "USD" and not re.search(r"\bUS|\bU\.S\.", number.text)
    return replace(number, unit="dollars") if foreign and bare else number


def _few_of_each(figures: Iterable[Figure]) -> Iterable[Figure]:
    """The first figures of each sentence: beyond them it is a table, and the same words again and again."""
    told: Counter[str] = Counter()
    for figure in figures:
        told[figure.what] += 1
        if told[figure.what] <= _MOST_OF_ONE:
            yield figure


def _verbatim(number: Number, line: Line) -> str:
    """What a figure counts in someone's own words, between quotation marks unless it brings its own."""
    if re.search(r"[\"“”]", number.what):
        return number.what
    at = line.text.lower().find(number.what.lower())
    return f"“{line.text[at : at + len(number.what)] if at >= 0 else number.what}”"


def _once(number: Number) -> tuple[str, str]:
    """What makes two figures the same: a percentage needs its sentence to say of what."""
    return number.text.lower(), number.what.lower() if number.unit == "percent" else ""


def _told(number: Number, line: Line, statements: Statements) -> tuple[str, tuple[int, ...]] | None:
    """What a figure counts with the sentences that say so; nothing where that is known only from another sentence."""
    alone = statements.of(line)
    whole = len(number.what) >= 0.8 * len(line.text)
    if whole and alone and len(alone.text) <= _LONGEST:
        firm = alone.firm and statements.tells(alone.text, line)
        return (alone.text.rstrip("."), alone.evidence) if firm else None
    what = without_dateline(number.what)
    return (what, (line.number,)) if statements.tells(what, line) else None


def _figure(number: Number, what: str, evidence: tuple[int, ...], who: Person | None) -> Figure:
    return Figure(
        text=number.text,
        value=number.value,
        unit=number.unit,
        what=what,
        stated_by=who.id if who else None,
        evidence=evidence,
    )


def _stated_by(frame: Frame, index: int, place: int, by_id: dict[str, Person], resolver: Resolver) -> Person | None:
    """Who says it, where the sentence reports what someone says; the article itself otherwise."""
    passage = frame.passage
    inside = [i for i, t in enumerate(frame.tokens) if passage.starts[index] <= t.start < passage.line_end(index)]
    if not inside:
        return None
    low, high = inside[0], inside[-1] + 1
    speaker = _reporter(frame, low, high, frame.after(place))
    if speaker is None:
        return None
    if speaker.entity:
        return by_id[speaker.entity]
    line = passage.lines[index].number
    if speaker.pronoun in ("he", "she"):
        return resolver.pronoun(speaker.pronoun, line, speaker.start - passage.starts[index])
    phrase = passage.text[speaker.start : speaker.end]
    return resolver.description(speaker.head, phrase, line) or resolver.body_for(
        speaker.head, phrase, by_id.get(speaker.of or "")
    )


_REPORTS = frozenset(
    "said says say told tells estimated estimates announced claimed claims reported "
    "reports warned wrote added stated put".split()
)


def _reporter(frame: Frame, low: int, high: int, at: int) -> Speaker | None:
    for verb in range(at - 1, low - 1, -1):
        if frame.lower[verb] in _REPORTS and (frame.cue(verb) or frame.lower[verb].startswith("estimate")):
            return frame.subject(verb, low)
    for i in range(low, high - 2):
        if frame.lower[i] == "according" and frame.lower[i + 1] == "to":
            return frame.starting(i + 2, high)
    for verb in range(at, high):
        if frame.lower[verb] in ("said", "says") and re.search(
            r",\s*(?!(?:yet|but|and|while|though|although|so|or|as|because|which|who) )[\w .’'-]*$",
            frame.passage.text[: frame.tokens[verb].start],
        ):
            inverted = (
                frame.starting(verb + 1, high) if verb + 1 < high and frame.tokens[verb - 1].text == "," else None
            )
            return inverted or frame.subject(verb, max(low, verb - 6))
    return None
