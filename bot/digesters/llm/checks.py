"""What must not happen between a sentence and the statement that retells it.

Every word of a statement must stand in one sentence, in that sentence's order. What may be added or moved is listed
here, and nothing else may: a word that is in no list is a claim.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bot.digesters.extractive.lexicon import titles
from bot.digesters.llm.lists import (
    CALENDAR,
    FOR_A_MARK,
    FREE,
    LONGEST_ASIDE,
    NEGATIONS,
    NUMBER_WORDS,
    REACH,
    SAYING,
    SCALES,
)
from bot.digesters.llm.support import Beside, Phrase, Word, phrase


def foreign(laid: Beside, cited: Sequence[str], sentences: Sequence[str]) -> str:
    """Words that the sentence does not have in this order, and that nothing else allows."""
    excused = _moved(laid) | _completing(laid, cited, sentences)
    partner = dict(laid.pairs)
    for i in laid.foreign:
        word = laid.ours.words[i]
        if i in excused or (word.text in FREE and not (word.capital and word.start)):
            continue
        before = partner.get(i - 1)
        if (
            word.text in FOR_A_MARK
            and before is not None
            and before + 1 < len(laid.theirs.words)
            and laid.theirs.words[before + 1].parted
        ):
            continue
        return _told(word, laid)
    return ""


def _told(word: Word, laid: Beside) -> str:
    written = laid.ours.text[word.start : word.end]
    if word.key in laid.theirs.known:
        return f"puts “{written}” in another place than the cited sentence"
    if word.text in NUMBER_WORDS or any(c.isdigit() for c in word.text):
        return f"has the number “{written}”, which the cited sentence does not hold"
    if word.text in CALENDAR:
        return f"has the date “{written}”, which the cited sentence does not hold"
    if word.text in NEGATIONS or word.key == "not":
        return f"denies with “{written}” what the cited sentence does not deny"
    if word.capital and word.start:
        return f"names “{written}”, whom the cited sentence does not name"
    return f"says “{written}”, which the cited sentence does not"


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that stand together."""
    for _, group in itertools.groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in group]


def _moved(laid: Beside) -> set[int]:
    """An attribution that the sentence has elsewhere: "Roe said" before what she said, or behind it."""
    found: set[int] = set()
    theirs = laid.theirs.words
    taken = {j for _, j in laid.pairs}
    for places in _runs(laid.foreign):
        run = places[:-1] if laid.ours.words[places[-1]].text == "that" else places
        words = [laid.ours.words[i] for i in run]
        if not any(w.text in SAYING for w in words):
            continue
        wanted = sorted(w.key for w in words)
        for block in _alone(theirs, len(words)):
            if not taken & set(block) and sorted(theirs[j].key for j in block) == wanted:
                found.update(run)
                break
    return found


def _alone(theirs: Sequence[Word], length: int) -> Iterator[list[int]]:
    """Places of so many words beside a mark, of one stretch or with an aside in it: "Roe, the mayor, said"."""
    for p in range(len(theirs) - length + 1):
        behind = p + length
        if theirs[p].parted or behind == len(theirs) or theirs[behind].parted:
            yield list(range(p, behind))
        for cut in range(p + 1, behind if theirs[p].parted else p):
            if not theirs[cut].opens:
                continue
            for q in range(cut + 1, min(cut + LONGEST_ASIDE, len(theirs) - (behind - cut) + 1)):
                if theirs[q].parted:
                    yield [*range(p, cut), *range(q, q + behind - cut)]


def _completing(laid: Beside, cited: Sequence[str], sentences: Sequence[str]) -> set[int]:
    """First names and titles that another cited sentence gives to a surname, which no one else in the article bears."""
    found: set[int] = set()
    partner = dict(laid.pairs)
    for run in _runs(laid.foreign):
        anchor = run[-1] + 1
        if anchor not in partner or not all(laid.ours.words[i].capital for i in (*run, anchor)):
            continue
        at = partner[anchor]
        if laid.theirs.words[at].text != laid.ours.words[anchor].text:
            # "Boats" are not the "Roe Harbour Boat".
            continue
        before = laid.theirs.words[at - 1] if at else None
        if before and before.capital and not laid.theirs.words[at].parted and before.text not in titles():
            continue
        keys = tuple(laid.ours.keys[i] for i in (*run, anchor))
        if any(_holds(sentence, keys) for sentence in cited) and len(_bearers(keys[-1], sentences)) <= 1:
            found.update(run)
    return found


def _holds(sentence: str, keys: tuple[str, ...]) -> bool:
    known = phrase(sentence).keys
    return any(known[p : p + len(keys)] == keys for p in range(len(known) - len(keys) + 1))


def _bearers(surname: str, sentences: Sequence[str]) -> set[str]:
    """The first names that stand before a surname anywhere."""
    found = set()
    for sentence in sentences:
        for before, word in itertools.pairwise(phrase(sentence).words):
            if word.key == surname and before.capital and not word.parted and before.text not in titles():
                found.add(before.key)
    return found


def owners(laid: Beside) -> str:
    """Who has something must be the one who has it: "Roe's lawyer said" is not "Roe said"."""
    for i, j in laid.pairs:
        ours, theirs = laid.ours.words[i], laid.theirs.words[j]
        if ours.owner != theirs.owner:
            return f"takes “{ours.text}” for another than the cited sentence does"
    return ""


def figures(laid: Beside) -> str:
    """Numbers must keep their sign, their scale and what they count."""
    ours, theirs = laid.ours, laid.theirs
    partner = dict(laid.pairs)
    for i, word in enumerate(ours.words):
        if i not in partner or not (word.text in NUMBER_WORDS or word.text[0].isdigit()):
            continue
        j = partner[i]
        if _sign(ours, i) != _sign(theirs, j):
            return f"writes {word.text} with another sign than the cited sentence"
        behind = theirs.words[j + 1] if j + 1 < len(theirs.words) else None
        if behind and not behind.parted and behind.text in SCALES and partner.get(i + 1) != j + 1:
            return f"drops “{behind.text}” behind {word.text}"
        after = ours.words[i + 1] if i + 1 < len(ours.words) else None
        if after and not after.parted and partner.get(i + 1, j) - j > REACH:
            return f"counts something else with {word.text} than the cited sentence"
    return ""


def _sign(text: Phrase, place: int) -> str:
    word = text.words[place]
    head, tail = text.text[: word.start].rstrip()[-1:], text.text[word.end :].lstrip()
    percent = "%" if tail[:1] == "%" or re.match(r"[-‑ ]?per ?cent\b", tail, re.IGNORECASE) else ""
    return (head if head in "$£€¥#" else "") + percent


_MARKED = re.compile(r"[\"“”„«»]")


# So many words of a quotation are what someone says; fewer may be a title.
_SAID = 4


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where text stands between quotation marks; a lone mark counts to the text's end, or from its start."""
    marks = list(_MARKED.finditer(text))
    closed_only = bool(marks) and marks[0][0] in "”»"
    edges = [0, *(place for mark in marks for place in mark.span()), len(text)]
    spans = list(zip(edges[0::2], edges[1::2], strict=True))
    return spans[0::2] if closed_only else spans[1::2]


def quoted(text: str) -> list[str]:
    """What stands between quotation marks."""
    return [text[start:end] for start, end in _quoted(text)]


def told_as_fact(laid: Beside) -> str:
    """What someone says is not retold without the marks, and without anything that says who says it."""
    spans, marked = _quoted(laid.theirs.text), bool(_MARKED.search(laid.ours.text))
    within = [any(a <= laid.theirs.words[j].start < b for a, b in spans) for _, j in laid.pairs]
    return "tells as fact what the cited sentence quotes" if len(within) >= _SAID and all(within) and not marked else ""


def quotations(text: str, cited: Sequence[str]) -> str:
    """What a statement puts between quotation marks, a cited sentence must hold so, letter for letter."""
    if len(_MARKED.findall(text)) % 2:
        return "leaves a quotation mark open"
    held = [_plain(part) for sentence in cited for part in quoted(sentence)]
    for part in quoted(text):
        if not any(_whole_in(_plain(part).strip(" ,."), other) for other in held):
            return f"quotes “{part[:60]}”, which the cited sentence does not"
    return ""


def _whole_in(part: str, other: str) -> bool:
    """Whether ``other`` holds ``part``, cut at its marks only."""
    at = other.find(part)
    before, behind = other[:at].rstrip()[-1:], other[at + len(part) :].lstrip()[:1]
    return at >= 0 and not before.isalnum() and not behind.isalnum()


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split())
