"""Which full names are spellings of one person's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.people import SUFFIXES, Person
from bot.digesters.extractive.spans import Span

#: What an Arabic name's article is written as; whether it is written at all is anyone's choice.
ARTICLE = re.compile(r"^(?:al|el|ad|as|ar|ash)-(?=\w)")
_INITIAL = re.compile(r"(?:[A-Z]\.?)+")


def core_of(words: Iterable[str]) -> tuple[str, ...]:
    """A full name without middle initials and suffixes, folded."""
    folded = [ARTICLE.sub("", fold(w)) for w in words if not (_INITIAL.fullmatch(w) and len(w) <= 2)]
    kept = [w for w in folded if w.replace(".", "") not in SUFFIXES]
    if "of" in kept[2:]:
        # "Ana Roe of Sund" is Ana Roe.
        kept = kept[: kept.index("of", 2)]
    return tuple(kept) if len(kept) > 1 else tuple(fold(w) for w in words)


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names are one: equal ends, and one's words all in the other's."""
    if a[-1] == b[-1] and len(a) == len(b) == 2 and _one_slip(a[0], b[0]):
        return True
    if a[-1] == b[-1] and (_short_for(a[0], b[0]) or _initial_of(a, b)):
        return True
    if a[0] != b[0] and not (set(a) >= set(b) or set(b) >= set(a)):
        return False
    if a[0] == b[0] and a[-1] == b[-1]:
        return True
    short, long = sorted((a, b), key=len)
    if (len(short) > 1 and short == long[: len(short)]) or short == long[-len(short) :]:
        return True
    # "Otto Jespersen" and "Jens Otto Harry Jespersen": every name of the one in the other, in its order.
    rest = iter(long)
    return len(short) > 1 and short[-1] == long[-1] and all(word in rest for word in short)


def _initial_of(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether initials alone stand for the other's first names: ``J. K. Roe`` for ``Joan Kit Roe``."""
    short, long = (a, b) if len(a[0].rstrip(".")) == 1 else (b, a)
    letters = [w[0] for w in short[:-1]]
    initials = all(len(w.rstrip(".")) == 1 for w in short[:-1])
    return initials and len(long[0].rstrip(".")) > 1 and letters[0] == long[0][0] and len(long) <= len(short) + 1


def _short_for(a: str, b: str) -> bool:
    """Whether one first name is short for the other: ``Larry`` for ``Lawrence``."""
    return a in lexicon.short_names().get(b, ()) or b in lexicon.short_names().get(a, ())


def _one_slip(a: str, b: str) -> bool:
    """Whether two first names of some length differ by a single letter within: ``Kristen`` and ``Kristin``."""
    if len(a) != len(b) or len(a) < 6 or a[0] != b[0]:
        return False
    different = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(different) == 1 and different[0] < len(a) - 1


def told_apart(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names differ by what tells namesakes apart: ``W.`` or ``H. W.``, ``Jr.`` or none."""
    one, other = _initials(a), _initials(b)
    return bool(one and other and one != other) or _generation(a) != _generation(b)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w.replace(".", "") for w in words[1:-1] if _INITIAL.fullmatch(w) and w.replace(".", "").isupper())


def _generation(words: tuple[str, ...]) -> bool:
    return fold(words[-1]).rstrip(".") in ("jr", "ii", "iii")


def settle_letters(people: Iterable[Person]) -> None:
    """Spell each name with the accents that the article gives its words, and without a headline's capitals."""
    people = list(people)
    words = (word for person in people for span in person.spans for word in span.words)
    accented = {fold(word): word for word in words if not word.isascii() and "’" not in word}
    for person in people:
        settled = [accented.get(fold(word), word) for word in person.name.split()]
        person.name = " ".join(map(_quiet, settled)) if len(settled) > 1 else settled[0]


def _quiet(word: str) -> str:
    """``LINDSAY`` of a headline is Lindsay; ``JFK`` and ``VIII`` stay."""
    loud = word.isupper() and word.isalpha() and not set(word) <= set("IVXL")
    return word.title() if loud and (len(word) > 3 or (len(word) == 3 and lexicon.is_given(word))) else word


def best_name(spans: list[Span]) -> str:
    """The fullest spelling that is not the rarest; accents and early mentions lead."""
    counts = Counter(span.text for span in spans)
    first = {text: i for i, text in reversed(list(enumerate(span.text for span in spans)))}
    usual = [text for text in counts if len(text.split()) > 1] or list(counts)
    loud = {text: any(word.isupper() and len(word) > 3 for word in text.split()) for text in usual}
    best = max(usual, key=lambda t: (len(t.split()) > 1, not loud[t], not t.isascii(), counts[t], -first[t]))
    # "Hawk Sawyer" is short for "Kathleen Hawk Sawyer".
    fuller = [t for t in usual if t.endswith(f" {best}") and lexicon.is_given(t.split()[0])]
    # "Sarah Ann" was Sarah Ann Roe at first.
    whole = [t for t in usual if t.startswith(f"{best} ")] if lexicon.is_given(best.split()[-1]) else []
    if whole:
        return whole[0]
    return best if lexicon.is_given(best.split()[0]) or not fuller else fuller[0]
