"""Whom each he and she of an article means, told in its order: what one pronoun means bears on the next.

Every person spoken of so far is weighed by where and how the article last spoke of them. The weights were learned on
half of GUM's documents, an openly licensed corpus; ``tests/eval/pronouns.py`` measures the other half.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.lexicon import FEMALE, MALE
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.text import Line, Reading

GENDER = {
    **dict.fromkeys(("he", "him", "his", "himself"), MALE),
    **dict.fromkeys(("she", "her", "hers", "herself"), FEMALE),
}
_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|hers?|herself)\b", re.IGNORECASE)
# Beyond so many sentences someone not spoken of again is out of mind.
_REACH = 25
_SHOWN = 40
_BREAK = re.compile(r"[,;:—–]| (?:and|but|that|who|which|when|while|because|if|after|before|as|since|though|whether) ")
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|with|by|from|about|against|and|in|at|on|like|than|between|behind|under|over|after|before|including|"
    r"or|as|toward|towards|told|called|named)(?: (?:the|a|an|his|her|[a-z]+))?\s*$"
)
_RELATIVE = re.compile(r"(?:[’']s?)? (?:[a-z-]+ ){0,2}(?:" + "|".join(KIN) + r"),? [A-Z]")
_OWNING = re.compile(r"[’']s?\b(?! (?:been|a|the|not)\b)|[’'](?=\s)")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun most likely means, and how likely that is (0 to 1)."""

    person: Person
    share: float


@dataclass(slots=True)
class _Mention:
    line: int
    start: int
    subject: bool
    owner: bool
    pronoun: bool
    quoted: bool
    yields: bool  #: whether the sentence is about a relative named right behind: ``Roe's sister, Jo,``


@dataclass(slots=True)
class _Spoken:
    """A person as spoken of so far."""

    person: Person
    gender: str | None
    mentions: list[_Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A pronoun and what stands around it."""

    word: str
    gender: str
    line: int
    start: int
    quoted: bool
    owner: bool
    reflexive: bool
    object: bool
    opens: bool
    says: bool  #: whether it is who says what stands in quotation marks beside it


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a pronoun finds: the latest sentence that tells of anyone, and where there the first and the last stand."""

    latest: int
    first: int
    last: int


class Pronouns:
    """Answers for every he and she of ``reading``'s body."""

    def __init__(self, reading: Reading, cast: Cast, passages: Sequence[Passage]) -> None:
        self._text = {line.number: line.text for line in reading.body}
        self._paragraph = {line.number: line.paragraph for line in reading.lines}
        self._quoted = {
            (line.number, q.start - start, q.end - start)
            for passage in passages
            for q in passage.quoted
            for line, start in zip(passage.lines, passage.starts, strict=True)
        }
        said = [passage.text[q.start : q.end] for passage in passages for q in passage.quoted]
        for line in reading.body:
            # A post shown again below the sentence that quotes it.
            if len(line.text) > _SHOWN and any(line.text.rstrip(".!?") in words for words in said):
                self._quoted.add((line.number, 0, len(line.text)))
        self._spoken = {p.id: _Spoken(p, p.gender) for p in cast if p.kind == "person"}
        self._last: dict[str, tuple[str, int]] = {}
        self._answers: dict[tuple[int, int], Meant] = {}
        names: dict[int, list[tuple[int, int, Person]]] = {}
        for person in cast:
            if person.kind == "person":
                for span in person.spans:
                    names.setdefault(span.line, []).append((span.start, span.end, person))
        for line in reading.body:
            self._read(line, sorted(names.get(line.number, []), key=lambda n: n[:2]))

    def meant(self, line: int, start: int) -> Meant | None:
        """Whom the pronoun at a place means; None where no one comes into question."""
        return self._answers.get((line, start))

    def _read(self, line: Line, names: list[tuple[int, int, Person]]) -> None:
        events: list[tuple[int, int, Person | None]] = [
            *names,
            *((m.start(), m.end(), None) for m in _PRONOUN.finditer(line.text)),
        ]
        for start, end, person in sorted(events, key=lambda e: e[:2]):
            if person is not None:
                self._spoken[person.id].mentions.append(self._mention(line, start, end, pronoun=False))
                continue
            place = self._place(line, start, end)
            ranked = self.weighed(place, names)
            if ranked:
                self._settle(line, place, end, ranked)

    def _settle(self, line: Line, place: _Place, end: int, ranked: list[tuple[float, _Spoken]]) -> None:
        top = ranked[0][0]
        shares = [math.exp(score - top) for score, _ in ranked]
        spoken = ranked[0][1]
        self._answers[line.number, place.start] = Meant(spoken.person, 1 / sum(shares))
        mention = self._mention(line, place.start, end, pronoun=True)
        mention.owner = place.owner
        mention.yields = place.owner and bool(_RELATIVE.match(line.text, end))
        spoken.mentions.append(mention)
        spoken.gender = spoken.gender or place.gender
        self._last[place.gender] = spoken.person.id, line.number

    def _mention(self, line: Line, start: int, end: int, *, pronoun: bool) -> _Mention:
        before, after = line.text[:start].rstrip(), line.text[end : end + 30]
        owner = bool(_OWNING.match(after)) and not pronoun
        subject = not owner and not _PREPOSITION.search(before[-40:] + " ")
        yields = owner and bool(_RELATIVE.match(line.text, end))
        return _Mention(line.number, start, subject, owner, pronoun, self._within_quotes(line.number, start), yields)

    def _within_quotes(self, line: int, start: int) -> bool:
        return any(number == line and a <= start < b for number, a, b in self._quoted)

    def _place(self, line: Line, start: int, end: int) -> _Place:
        word = line.text[start:end].lower()
        after = line.text[end : end + 20]
        owner = word == "his" or (word == "her" and bool(re.match(r" [\w“\"]", after)) and not _NOT_OWNED.match(after))
        return _Place(
            word,
            GENDER[word],
            line.number,
            start,
            self._within_quotes(line.number, start),
            owner,
            word.endswith("self"),
            word == "him" or (word == "her" and not owner),
            not _BREAK.search(line.text[:start].strip(" ,")) and start < 60,
            bool(
                _SAYS.match(line.text, end)
                and (_BESIDE_QUOTE.search(line.text[:start]) or _QUOTE_AHEAD.match(line.text, end))
            ),
        )

    def weighed(self, place: _Place, names: list[tuple[int, int, Person]]) -> list[tuple[float, _Spoken]]:
        """Everyone who comes into question at ``place``, likeliest first."""
        scene = self._scene(place)
        found = [
            (weight(self.features(place, scene, spoken, names)), spoken) for spoken in self.candidates(place, names)
        ]
        return sorted(found, key=lambda pair: -pair[0])

    def candidates(self, place: _Place, names: list[tuple[int, int, Person]]) -> list[_Spoken]:
        """Who was spoken of lately, or is named later in the sentence, and is not known to be of the other gender.

        Whom only speakers name does not say what they say.
        """
        behind = {p.id for start, _, p in names if start > place.start}
        return [
            spoken
            for spoken in self._spoken.values()
            if spoken.gender in (place.gender, None)
            and not (place.says and spoken.mentions and all(m.quoted for m in spoken.mentions))
            and ((spoken.mentions and spoken.mentions[-1].line >= place.line - _REACH) or spoken.person.id in behind)
        ]

    def _scene(self, place: _Place) -> _Scene:
        """The latest sentence that tells of anyone, and of whom there first and last."""
        told = [(_last_told(spoken, place), spoken) for spoken in self._spoken.values() if spoken.mentions]
        latest = max((mention.line for mention, _ in told), default=0)
        there = [(mention, spoken) for mention, spoken in told if mention.line == latest]
        begun = (
            mention.start
            for _, spoken in there
            for mention in reversed(spoken.mentions)
            if mention.line == latest and not _gives_way(mention, place) and (place.quoted or not mention.quoted)
        )
        return _Scene(latest, min(begun, default=0), max((mention.start for mention, _ in there), default=0))

    def features(
        self, place: _Place, scene: _Scene, spoken: _Spoken, names: list[tuple[int, int, Person]]
    ) -> dict[str, float]:
        """What speaks for and against a person."""
        found: dict[str, float] = {"gender known": spoken.gender == place.gender}
        ahead = [start for start, _, p in names if p is spoken.person and start > place.start]
        if ahead and not any(m.line == place.line for m in spoken.mentions):
            between = self._text[place.line][place.start : ahead[0]]
            found["named behind the clause"] = place.opens and bool(re.search(r",\s*(?:[A-Z]?[a-z]+\s)?$", between))
            found["named behind"] = 1.0
        if not spoken.mentions:
            return found
        last = _last_told(spoken, place)
        distance = place.line - last.line
        found[f"distance {'0' if not distance else '1' if distance == 1 else '2' if distance == 2 else '3'}"] = 1.0
        found["far"] = math.log(max(distance - 2, 1))
        found["owner"] = last.owner
        found["yields"] = _gives_way(last, place)
        found["pronoun"] = last.pronoun
        found["paragraph"] = self._paragraph[last.line] == self._paragraph[place.line]
        found["quotes"] = last.quoted != place.quoted
        who, when = self._last.get(place.gender, ("", 0))
        found["same as last"] = who == spoken.person.id
        found["same as last, near"] = who == spoken.person.id and place.line - when <= 1
        found["often"] = math.log(len(spoken.mentions))
        told_of = (m for m in spoken.mentions if m.line == scene.latest and (place.quoted or not m.quoted))
        here = [m for m in told_of if not (m.pronoun and _gives_way(m, place))]
        found["first of latest"] = bool(here) and here[0].start == scene.first
        found["says, first of latest"] = place.says and found["first of latest"]
        found["closest"] = last.line == scene.latest and last.start == scene.last
        if distance == 0:
            between = self._text[place.line][last.start : place.start]
            joined = not _BREAK.search(between)
            found["own"] = (place.owner or place.reflexive) and joined
            found["object of itself"] = place.object and joined and last.subject
            found["same clause"] = joined and not place.owner and not place.reflexive and not place.object
        return found


_BESIDE_QUOTE = re.compile(r"(?:[”\"»]|'')\s$")
_QUOTE_AHEAD = re.compile(r"(?: [\w’'-]+){1,6}[:,] ?(?:[“\"«]|'')")
_SAYS = re.compile(r" (?:\w+ly )?(?:said|says|added|told|recalled|explained|asked|wrote|continued|noted|joked)\b")


def _gives_way(mention: _Mention, place: _Place) -> bool:
    """Whether a sentence turns from someone to a relative; behind ``her mother, Jo, said`` only who says more is Jo."""
    return mention.yields and (place.says or not mention.pronoun)


def _last_told(spoken: _Spoken, place: _Place) -> _Mention:
    """Where someone was last spoken of; for a pronoun outside quotation marks, if it can be, by the article itself."""
    own = (m for m in reversed(spoken.mentions) if place.quoted or not m.quoted)
    return next(own, spoken.mentions[-1])


_NOT_OWNED = re.compile(
    r" (?:to|and|in|on|at|for|with|as|that|by|from|of|the|a|an|after|before|when|while|about|into|out|up|off|down|back|"
    r"if|because|or|but|was|is|had|has|he|she|they|it|not|during|until|over|through|this|why|how|what|who|where)\b"
)

WEIGHTS = {
    "closest": 0.9, "distance 0": 1.2, "distance 1": 0.2, "distance 2": -0.2, "distance 3": -0.6, "far": -0.8,
    "first of latest": 0.9, "gender known": 0.7, "named behind": -1.1, "named behind the clause": 1.1,
    "object of itself": 0.4, "often": 0.8, "own": -0.4, "owner": 0.4, "paragraph": 0.2, "pronoun": 0.8,
    "quotes": -0.7, "same as last": 0.4, "same as last, near": 0.4, "same clause": 1.1,
    "yields": -3.0, "says, first of latest": 1.0,  # too rare in the corpus to be learned
}  # fmt: skip


def weight(features: dict[str, float]) -> float:
    """How much the features speak for someone, as the logarithm of the odds."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
