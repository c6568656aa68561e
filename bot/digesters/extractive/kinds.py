"""What a name names: a person, an organisation, a place, an event, or nothing we dare to say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.contexts import AFTER, by_context
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.shapes import PRIZES, THINGS, Evidence, by_capitals, by_lists, by_shape, by_surname
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading
from bot.domain.digests import Kind

# Below this the evidence is a guess, and silence is better.
ENOUGH = 2.0
Votes = Mapping[tuple[int, int], tuple[Kind, int]]
"""What a tagger says: for a line and the first character of a name there, its kind and the name's end."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind that the evidence speaks for, and how strongly."""

    kind: Kind
    weight: float


def verdicts(reading: Reading, spans: Iterable[Span], votes: Votes) -> dict[str, Verdict]:
    """The kind of each name, by its folded spelling; names without enough evidence are absent."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    singles = Counter({key: _spoken_of(reading, group) for key, group in groups.items() if " " not in key})
    firms = {stem for key in groups if (stem := firm_stem(key))} - _families(reading)
    storms = {match[1] for key in groups if (match := _STORM.match(key))}
    found = {
        key: _verdict(reading, key in firms, group, singles, votes)
        for key, group in groups.items()
        if key not in storms
    }
    return {key: verdict for key, verdict in found.items() if verdict}


# Of whom "Hurricane Ana" is told, "Ana" is no one and no town.
_STORM = re.compile(r"(?:hurricane|typhoon|cyclone|storm|tropical storm|superstorm) (\w+)$")
_IN_FULL = re.compile(r"\b([A-Z][\w’'-]+) (?=([A-Z][\w-]+)\b(?! [A-Z]))")


def _families(reading: Reading) -> set[str]:
    """The surnames of those whom the headline or any line names in full, headings too."""
    texts = [reading.article.title, *(line.text for line in reading.lines)]
    return {fold(m[2]) for text in texts for m in _IN_FULL.finditer(text) if lexicon.is_given(m[1])}


_FIRM_ENDS = frozenset(
    "inc corp corporation ltd limited plc llc llp ag sa se nv ab asa spa gmbh tbk bhd pbc co company group holdings "
    "airlines airways fc afc cf f.c media news university pharmaceuticals motors technologies foundation".split()
)


def firm_stem(key: str) -> str:
    """A firm's or school's folded name without what only says that it is one; empty where nothing does or is left."""
    words = key.split()
    cut = len(words)
    while cut > 1 and words[cut - 1].rstrip(".,") in _FIRM_ENDS:
        cut -= 1
    stem = " ".join(words[:cut])
    return "" if cut == len(words) or lexicon.is_place(stem) or stem in lexicon.words("common") else stem


def _verdict(reading: Reading, firm: bool, group: list[Span], singles: Counter[str], votes: Votes) -> Verdict | None:
    scores: dict[Kind, float] = defaultdict(float)
    if firm:
        scores["organisation"] += 3.0
    for add in (by_lists, by_shape, by_capitals, by_surname):
        for kind, weight in add(group[0], singles):
            scores[kind] += weight
    context: dict[tuple[Kind, str], float] = {}
    for span in group:
        for kind, why, weight in by_context(reading, span):
            # The same reason twice adds little; different reasons add up.
            context[kind, why] = context.get((kind, why), 0) + (weight if (kind, why) not in context else 0.5)
    for (kind, _), weight in context.items():
        scores[kind] += weight
    for kind, weight in _by_tagger(reading, group, votes):
        scores[kind] += weight
    if not scores:
        return None
    best = max(scores, key=lambda k: scores[k])
    if (best != "person" or len(group) == 1) and all(_titled(reading, span) for span in group):
        return None
    rest = sorted((v for k, v in scores.items() if k != best), reverse=True)
    margin = scores[best] - (rest[0] if rest else 0)
    return Verdict(best, scores[best]) if scores[best] >= ENOUGH and margin >= 0.5 else None


_WORK = re.compile(
    r"\b(?:albums?|films?|movies?|songs?|singles?|novels?|books?|memoirs?|series|musicals?|EPs?|LPs?|sitcoms?|tracks?|"
    r"ballads?|documentary|documentaries|episodes?|video games?)(?: (?:titled|called|named))?[:,]? [\"“‘']?$|"
    r"\b(?:19|20)\d\d[’']s $"
)


def _titled(reading: Reading, span: Span) -> bool:
    """Whether a name stands as a work's title: alone between quotation marks, or behind what kind of work it is."""
    text = reading.lines[span.line - 1].text
    before, after = text[: span.start], text[span.end :]
    alone = before[-1:] in tuple("\"“‘'") and re.match(r"[,.]?[\"”’'](?![a-z])", after)
    return bool(alone or _WORK.search(before))


def _spoken_of(reading: Reading, group: list[Span]) -> int:
    """How much a single name is spoken of as people are: 1 where it stands alone, more where it speaks or owns kin."""
    telling = sum(1 for s in group if s.title or ((m := AFTER.match(_after(reading, s))) and (m["says"] or m["kin"])))
    return 1 + telling


def _after(reading: Reading, span: Span) -> str:
    return reading.lines[span.line - 1].text[span.end : span.end + 60]


def _by_tagger(reading: Reading, group: list[Span], votes: Votes) -> Evidence:
    """The tagger's votes: enough by themselves for a name of several words, not for one word or an acronym.

    It takes products, parts and units for bodies, and capitalised common words for people.
    """
    counts: dict[Kind, int] = defaultdict(int)
    for span in group:
        vote = votes.get((span.line, span.start))
        if vote:
            counts[vote[0]] += 1
    total = sum(counts.values())
    words = group[0].words
    for kind, count in counts.items():
        alone = len(words) == 1 and kind != "person"
        thing = kind != "person" and (fold(words[-1]) in THINGS | PRIZES or any(c.isdigit() for w in words for c in w))
        common = kind == "person" and all(w.lower() in reading.lower_words or not w.isalpha() for w in words)
        firm = kind == "person" and fold(words[0]) in lexicon.names("organisations")
        yield kind, (1.7 if alone or thing or common or firm else 2.2) * count / total
