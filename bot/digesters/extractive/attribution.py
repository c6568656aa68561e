"""The search for a quotation's speaker: behind it, before it, then around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.digesters.extractive.passages import Passage, Quoted
from bot.digesters.extractive.speakers import Frame, Mention, Speaker


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with the phrase that names its speaker."""

    passage: int
    quoted: Quoted
    speaker: Speaker | None
    where: int = -1  #: index of the passage that holds the speaker's phrase
    alone: bool = False  #: whether the sentence holds nothing but the quotation


def attributed(passages: list[Passage], mentions: list[list[Mention]]) -> list[Attributed]:
    """Every quotation of the passages with its speaker's phrase, where there is one."""
    found: list[Attributed] = []
    for index, (passage, named) in enumerate(zip(passages, mentions, strict=True)):
        frame = Frame(passage, named)
        here = [_direct(index, frame, q) for q in passage.quoted]
        found.extend(_inherited(index, frame, here, found))
    return found


def _direct(index: int, frame: Frame, quoted: Quoted) -> Attributed:
    low, high = frame.bounds(quoted)
    first, behind = frame.after(quoted.start), frame.after(quoted.end)
    while behind < high and frame.tokens[behind].text in "\"”“'’»":
        behind += 1
    if _imagined(frame, low, first):
        return Attributed(index, quoted, None)
    speaker = _behind(frame, behind, high) or _before(frame, low, first) or _according(frame, low, high)
    speaker = speaker or _possessed(frame, low, first)
    speaker = speaker or _further_behind(frame, behind, high)
    outside = any(not frame.quoted[i] and frame.tokens[i].text[0].isalnum() for i in range(low, high))
    return Attributed(index, quoted, speaker, index if speaker else -1, alone=not outside)


_BASE = frozenset("scream say shout cry ask yell chant think wonder reply answer whisper".split())


def _imagined(frame: Frame, low: int, first: int) -> bool:
    """Whether no one has said it yet: ``the public will scream, "…"``."""
    at = first - 1
    while at > low and not frame.tokens[at].text[0].isalnum():
        at -= 1
    return (
        at > low
        and frame.lower[at] in _BASE
        and not frame.quoted[at]
        and frame.lower[at - 1] not in ("i", "we", "they", "you")
    )


def _behind(frame: Frame, at: int, high: int) -> Speaker | None:
    """``…," Trump said`` and ``…," said Trump``."""
    first = at
    while at < high and frame.tokens[at].text in ",.?!—–-―":
        at += 1
    if at >= high or frame.quoted[at]:
        return None
    if any(frame.tokens[k].text in "—–-―" for k in range(first, at)) and (signature := _signature(frame, at, high)):
        return signature
    adverb = frame.lower[at].endswith("ly") and at + 1 < high and frame.cue(at + 1)
    if frame.cue(at) or adverb:
        return _inverted(frame, at + adverb, high)
    return _following(frame, at, high)


def _inverted(frame: Frame, verb: int, high: int) -> Speaker | None:
    """``said Trump``."""
    if frame.lower[verb].endswith("ing"):
        return None
    speaker = frame.starting(verb + 1, high)
    return None if speaker and speaker.head and frame.lower[verb] in ("told", "called", "asked") else speaker


def _following(frame: Frame, at: int, high: int) -> Speaker | None:
    """``Trump said``, whatever asides stand between."""
    for verb in range(at + 1, min(at + 30, high)):
        text = frame.tokens[verb].text
        if frame.quoted[verb] or text in ";:" or (text == "." and verb + 1 < high and frame.tokens[verb + 1].capital):
            return None
        if frame.cue(verb) and not frame.lower[verb].endswith("ing"):
            # The clause behind a quotation begins with its subject.
            return frame.starting(at, verb) or frame.subject(verb, at)
        if frame.lower[verb] in ("and", "but", "because", "that", "which") and frame.lower[verb - 1] != ",":
            return None
    return None


def _signature(frame: Frame, at: int, high: int) -> Speaker | None:
    """``"…" — Ana Roe``: a name alone behind a dash."""
    last = at
    while last + 1 < high and (frame.tokens[last + 1].capital or last + 1 in frame.at):
        last += 1
    rest = [i for i in range(last + 1, high) if frame.tokens[i].text[0].isalnum()]
    if not frame.tokens[at].capital or (rest and frame.tokens[last + 1].text != ","):
        return None
    return frame.ending(last, at)


# Verbs that report a thought rather than words: behind a plain verb of saying they belong to what is reported.
_INWARD = frozenset(
    "concluded believed believes thinks thought feels felt knows knew hoped hopes expected expects feared fears "
    "decided found put signed issued offered used began begins called contended referred".split()
)
_PLAIN = frozenset("said says told tells announced wrote added argued warned stated explained claimed".split())
_WORDS_OF = frozenset(
    "claim claims statement remark remarks comment comments assertion promise vow warning tweet tweets words "
    "call description pledge message accusation argument view question answer response speech testimony post letter "
    "slogan".split()
)


def _possessed(frame: Frame, low: int, first: int) -> Speaker | None:
    """``Trump's claim that "…"``: whose words the noun says they are."""
    for noun in range(first - 1, low, -1):
        if frame.quoted[noun] or frame.lower[noun] not in _WORDS_OF or first - noun > 6:
            continue
        owner = noun - 1
        while owner > low and frame.lower[owner] not in ("'s", "’s", "his", "her") and noun - owner < 4:
            owner -= 1
        if frame.lower[owner] in ("'s", "’s"):
            return frame.ending(owner - 1, low)
        if frame.lower[owner] in ("his", "her"):
            token = frame.tokens[owner]
            return Speaker(token.start, token.end, pronoun="he" if frame.lower[owner] == "his" else "she")
    return None


def _before(frame: Frame, low: int, first: int) -> Speaker | None:
    """``Trump said: "…``, ``Trump said that it "…``."""
    for verb in range(first - 1, low - 1, -1):
        if not frame.cue(verb) or _noun(frame, verb):
            continue
        if frame.lower[verb] in _INWARD:
            speaker = _introduced(frame, _plain_before(frame, verb, low), low)
        else:
            speaker = _introduced(frame, verb, low)
        if speaker is None and verb == low:
            speaker = frame.starting(verb + 1, first)
        if speaker:
            return speaker
    return None


def _plain_before(frame: Frame, verb: int, low: int) -> int:
    """A plain verb of saying earlier in the sentence, else the verb itself."""
    plain = [k for k in range(low, verb) if frame.lower[k] in _PLAIN and frame.cue(k) and not _noun(frame, k)]
    return plain[-1] if plain and frame.lower[plain[-1] + 1] not in (",", ".") else verb


def _introduced(frame: Frame, verb: int, low: int) -> Speaker | None:
    if frame.lower[verb].endswith("ing"):
        if verb > low and (verb - 1 in frame.at or frame.lower[verb - 1] in ("is", "are", "was", "were", "'s", "’s")):
            # "a clip of Clinton asking", "he's claiming": the one right before it speaks.
            return frame.subject(verb, low) if verb - 1 not in frame.at else frame.ending(verb - 1, verb - 1)
        return frame.first_subject(low, verb) or _of_participle(frame, verb, low)
    return frame.subject(verb, low) or (_of_participle(frame, verb, low) if verb > low else None)


def _noun(frame: Frame, i: int) -> bool:
    """A cue word behind a determiner, possessive or ``to`` is no introducing verb of a subject."""
    return i > 0 and frame.lower[i - 1] in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "'s",
        "’s",
        "to",
        "of",
        "no",
        "any",
        "be",
    )


def _of_participle(frame: Frame, verb: int, low: int) -> Speaker | None:
    """The subject of the clause that a participle hangs on: ``Trump defended the raid, saying "…``."""
    for k in range(low, verb):
        if frame.quoted[k]:
            continue
        if k in frame.at and not _oblique(frame, k, low):
            mention = frame.at[k]
            last = max(j for j in frame.at if frame.at[j] is mention)
            if last + 1 < len(frame.lower) and frame.lower[last + 1] in ("'s", "’s"):
                continue
            return frame.ending(last, low)
        if frame.lower[k] in ("he", "she"):
            return frame.ending(k, low)
    return None


def _oblique(frame: Frame, k: int, low: int) -> bool:
    """Whether a name stands behind a preposition and so is no subject."""
    j = k - 1
    while j >= low and (j in frame.at or frame.lower[j] in ("the", "a", "an") or (frame.tokens[j].capital and j > low)):
        j -= 1
    return j >= low and frame.lower[j] in (
        "of",
        "for",
        "at",
        "from",
        "in",
        "on",
        "with",
        "by",
        "to",
        "near",
        "about",
        "against",
        "after",
        "before",
        "during",
        "as",
        "under",
    )


def _according(frame: Frame, low: int, high: int) -> Speaker | None:
    for i in range(low, high - 2):
        if frame.lower[i] == "according" and frame.lower[i + 1] == "to" and not frame.quoted[i]:
            return frame.starting(i + 2, high)
    return None


def _further_behind(frame: Frame, at: int, high: int) -> Speaker | None:
    """A cue later in the sentence: ``"…" is how Trump described it``."""
    for verb in range(at, high):
        if not frame.quoted[verb] and frame.cue(verb) and not _noun(frame, verb):
            return frame.subject(verb, at)
    return None


_COLON = re.compile(r":\s*[\"“‘']?\s*$")


def _inherited(index: int, frame: Frame, here: list[Attributed], before: list[Attributed]) -> list[Attributed]:
    """Speakers for quotations whose sentence names none: the paragraph's, or the one a quotation runs on from."""
    found: list[Attributed] = []
    for i, each in enumerate(here):
        source = None
        if each.speaker is None and each.alone:
            source = next((a for a in reversed(found) if a.speaker), None)
            source = source or next((a for a in here[i + 1 : i + 2] if a.speaker), None)
            source = source or _from_line_before(index, frame, each) or _from_before(index, frame.passage, each, before)
        found.append(Attributed(index, each.quoted, source.speaker, source.where, alone=True) if source else each)
    return found


def _from_line_before(index: int, frame: Frame, each: Attributed) -> Attributed | None:
    """Who speaks in the sentence before, in the same paragraph: ``Roe called him bold. "He never blinks."``."""
    line = frame.passage.line_at(each.quoted.start)
    if line == 0:
        return None
    start, end = frame.passage.starts[line - 1], frame.passage.line_end(line - 1)
    inside = [i for i, t in enumerate(frame.tokens) if start <= t.start < end]
    cues = [i for i in inside if frame.cue(i) and not _noun(frame, i) and frame.lower[i] not in _INWARD]
    speaker = _introduced(frame, cues[0], inside[0]) if cues else None
    return Attributed(index, each.quoted, speaker, index, alone=True) if speaker else None


def _from_before(index: int, passage: Passage, each: Attributed, before: list[Attributed]) -> Attributed | None:
    """The last speaker, where this paragraph continues his quotation or holds nothing but one."""
    last = before[-1] if before else None
    if last is None or last.speaker is None or last.passage != index - 1:
        return None
    whole = each.quoted.end - each.quoted.start >= len(passage.text) - 4
    return last if passage.continues or whole or last.quoted.open else None
