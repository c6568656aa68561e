"""Where names stand: runs of capitalised words, parted from titles, roles and words that merely begin a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.leading import belonging, is_body, keeps_people, led_by, parting, people_or_party
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.runs import FOLLOWERS, NICKNAME_MARKS, runs_of
from bot.digesters.extractive.text import Line, Reading, Token
from bot.digesters.extractive.titles import IN_CHARGE, TRADES, role_end, surnames_like_callings

_COUNTRY_LEADS = ("us", "u.s.", "uk", "u.k.", "eu")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of capitalised words that may name someone or something."""

    line: int  #: number of its sentence
    start: int  #: first character in the sentence
    end: int  #: behind its last character
    words: tuple[str, ...]
    title: str = ""  #: title or role, capitalised, that stands directly before it
    initial: bool = False  #: whether it begins its sentence

    @property
    def text(self) -> str:
        """The name as written, spaces made single."""
        return " ".join(self.words).replace(" '", "'").replace(" ’", "’").replace(" ,", ",")

    @property
    def name(self) -> str:
        """The name without an article or country that only leads up to it: ``State Department`` of ``US State …``."""
        led = (
            len(self.words) > 1 and fold(self.words[0]) in _COUNTRY_LEADS and self.words[2:3] not in (("'s",), ("’s",))
        )
        words = self.words[1:] if led else self.words
        return " ".join(words).replace(" '", "'").replace(" ’", "’").replace(" ,", ",").removeprefix("The ")

    @property
    def key(self) -> str:
        """The name folded, for comparing."""
        return fold(self.name) if self.words[0] not in ("The", "the") else fold(self.text)


def mend_glued(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Part words that lost the space behind a name (``Maduroand``), where the name stands elsewhere by itself."""
    seen = Counter(t.text for line in lines for t in line.tokens if t.capital and len(t.text) > 3)
    return tuple(_mended(line, seen) for line in lines)


def _mended(line: Line, seen: Counter[str]) -> Line:
    parts = [tuple(_parts(token, seen)) for token in line.tokens]
    if len(parts) == sum(map(len, parts)):
        return line
    text = line.text
    for first, *rest in reversed(parts):
        text = f"{text[: first.end]} {text[first.end :]}" if rest else text
    return replace(line, tokens=tuple(token for part in parts for token in part), mended=text)


_GLUED = (
    "and",
    "who",
    "was",
    "said",
    "has",
    "had",
    "with",
    "the",
    "for",
    "from",
    "that",
    "told",
    "says",
    "is",
    "in",
    "on",
    "at",
    "to",
    "of",
    "by",
)


def _is_word(text: str) -> bool:
    """Whether it is a name of its own: "Israelis" lost no space."""
    key = fold(text)
    return key in lexicon.by_demonym() or key.removesuffix("s") in lexicon.by_demonym() or lexicon.is_place(key)


def _parts(token: Token, seen: Counter[str]) -> Iterable[Token]:
    if token.capital and len(token.text) > 6 and seen[token.text] == 1 and not _is_word(token.text):
        for tail in _GLUED:
            name = token.text.removesuffix(tail)
            if name != token.text and seen[name] > 0 and len(name) > 3:
                cut = token.start + len(name)
                return (Token(name, token.start, cut), Token(tail, cut, token.end))
    return (token,)


def spans_of(reading: Reading, *, datelines: bool = False) -> list[Span]:
    """Every span of the body's lines, in order.

    Place and agency of a dateline say where the report was written, not what it is about: only with ``datelines``.
    """
    midway = frozenset(
        fold(t.text)
        for line in reading.body
        for i, t in enumerate(line.tokens)
        if t.capital and not t.text.isupper() and not _opens(line, i)
    )
    runs = [(line, run) for line in reading.body for run in runs_of(line)]
    surnames = surnames_like_callings(runs)
    families = frozenset(
        fold(line.tokens[run[-1]].text)
        for line, run in runs
        if len(run) > 1 and lexicon.is_given(line.tokens[run[0]].text)
    )
    return [
        span
        for line, run in runs
        for span in _named(line, run, reading, midway, surnames, families)
        if not _ADDRESS.match(line.text, span.end) and not _is_half(line, span)
        if datelines or span.end > len(line.text) - len(without_dateline(line.text))
    ]


# "roe.com" is where to find someone, and "Roe" of it no name; of "[Ana] Roe" neither half is told alone.
_ADDRESS = re.compile(r"\.(?:com|org|net|gov|edu|info|tv|ly|io|co\.\w\w|[a-z]{2})\b|\] (?=[A-Z])")
_JOINED = re.compile(r"-(?P<half>[A-Z]\w+) $")
# "A Sund Office of Ports-run boat", "a Phase 3 trial": told by what follows.
_CUT = re.compile(r" of (?:[A-Z]\w+ )*[A-Z]\w+-(?:[a-z]+ed|run|led|based|style)\b")
_COUNTED = re.compile(
    r"(?:Phase|Stage|Level|Tier|Title|Chapter|Section|Article|Group|Room|Gate|Route|Interstate|Region|District|Local|Precinct|Ward|Zone|Class|Type|Grade|Form|"
    r"Rule|Step|Part|Page|Round|Game|Week|Day|Lot|Unit|Act|Scene|Proposition|Amendment|Measure|Channel) (?:\d|[IVX]+\b)"
)
# The "Departments of Ports and Tides" are two.
_SEVERAL = frozenset("departments universities ministries offices banks cities".split())
_NUMBERED = re.compile(r"\b\d+(?:st|nd|rd|th) $")


def _is_half(line: Line, span: Span) -> bool:
    """Whether a name is only half of one: ``Zealand`` of ``post-New Zealand``, ``District`` of ``the 5th District``."""
    before = line.text[max(0, span.start - 30) : span.start]
    joined = _JOINED.search(before)
    whole = fold(f"{joined['half']} {span.words[0]}") if joined else ""
    if whole and (lexicon.is_place(whole) or whole in lexicon.names("organisations")):
        return True
    for i, word in enumerate(span.words[:-1]):
        # "SUND-World Bank" are two.
        rest = fold(" ".join((word.partition("-")[2], *span.words[i + 1 :])))
        if "-" in word and (lexicon.is_place(rest) or rest in lexicon.names("organisations")):
            return True
    if _CUT.match(line.text, span.end) or _COUNTED.match(line.text, span.end - len(span.words[-1])):
        return True
    if span.words[1:2] == ("of",) and fold(span.words[0]) in _SEVERAL:
        return True
    return len(span.words) > 1 and bool(_NUMBERED.search(before)) and not span.title


def _without_nickname(words: list[str]) -> list[str]:
    marks = [i for i, word in enumerate(words) if word in NICKNAME_MARKS or word in NICKNAME_MARKS.values()]
    return words[: marks[0]] + words[marks[-1] + 1 :] if len(marks) == 2 else words


def _named(
    line: Line,
    run: list[int],
    reading: Reading,
    midway: frozenset[str],
    surnames: frozenset[str],
    families: frozenset[str],
) -> Iterable[Span]:
    """The spans within a run: what is title is parted from what is name."""
    opens = _opens(line, run[0])
    first = line.tokens[run[0]]
    # "New Zealand" and "North Korea" begin with common words and are names all the same.
    place = len(run) > 1 and lexicon.is_place(fold(" ".join(line.tokens[k].text for k in run[:2])))
    trade = opens and len(run) > 1 and fold(first.text) in TRADES
    someone = len(run) == 1 and fold(first.text) in families and _ACTS.match(line.text, first.end)
    # "President Roe": a title leads up to a name though the article writes of "the president" too.
    entitles = len(run) > 1 and fold(first.text) in _OFFICES and line.tokens[run[1]].capital
    listed = fold(" ".join(line.tokens[k].text for k in run)) in lexicon.names("organisations")
    named = place or listed or someone or entitles or not first.capital
    mere = not named and _mere_word(first.text, reading, midway, len(run) > 1)
    if trade or (opens and mere):
        run = _behind_first(line, run)
        opens = False
    if len(run) > 2 and re.match(r"[A-Z][a-z]+-[a-z]", first.text) and lexicon.is_given(line.tokens[run[1]].text):
        # "Fly-half Ana Roe": what she plays.
        run, opens = run[1:], False
    if not run:
        return
    if _TITLE_CASE & set(_without_nickname([line.tokens[k].text for k in run])[1:]):
        return
    called = fold(" ".join(line.tokens[k].text for k in run)).removeprefix("the ")
    if called == fold(reading.article.outlet.name).removeprefix("the "):
        return
    # "Director of Public Affairs" is no one's name.
    charge = [fold(line.tokens[k].text) for k in run[:2]]
    cut = len(run) if charge[1:] == ["of"] and charge[0] in IN_CHARGE else role_end(line, run, surnames)
    if cut < len(run) and line.tokens[run[cut]].text in ("'s", "’s"):
        cut = 0  # "Veteran's Harbour Act"
    role, name = run[:cut], run[cut:]
    yield from _inside_role(line, role)
    if name and line.tokens[name[0]].text in ("for", "of"):
        # "Minister for Children Ana Roe": her charge is no part of her name, and no one's without a name behind it.
        given = (n for n, k in enumerate(name[:-1]) if lexicon.is_given(line.tokens[k].text))
        name = name[next(given, len(name)) :]
    if name:
        title = line.text[line.tokens[role[0]].start : line.tokens[role[-1]].end] if role else ""
        yield from _trim(line, name, title, opens and not role)


# Capitalised within a run they show that its line or work is written in title case: "Sex And The City" is no place.
_TITLE_CASE = frozenset(
    "Of And The For From With At On In Is Are Was Were Your Our Her His Their You Before After Says Said Gets Me My Not"
    " That This Or By What Why How".split()
)


_OFFICES = frozenset("president senator governor mayor congressman congresswoman chancellor premier professor".split())
# "Young, in his testimony", "Black said": what a surname that is a word as well does, and the word does not.
_ACTS = re.compile(
    r"[’']s\b|, (?:who|whose|a|an|the|in|at|speaking|asked|\d+,)\b"
    r"| (?:said|says|told|tells|added|asked|wrote|replied|argued|was|is|has|had|will|would|did)\b"
)


def _behind_first(line: Line, run: list[int]) -> list[int]:
    rest = run[1:]
    while rest and not line.tokens[rest[0]].capital:
        rest = rest[1:]
    return rest


def _opens(line: Line, index: int) -> bool:
    before = [t.text for t in line.tokens[:index]]
    return not any(t[0].isalnum() for t in before) or before[-1] in ('"', *"“”‘:([—–.", "Jr.", "Sr.", "Inc.", "Corp.")


def _mere_word(word: str, reading: Reading, midway: frozenset[str], more: bool) -> bool:
    """Whether the word begins its sentence with a capital only because it begins it."""
    folded = fold(word)
    if folded in lexicon.words("common"):
        return True
    if not more and word.lower() in reading.lower_words and folded not in midway:
        return True  # "Male voters", "Nice weather"
    if lexicon.is_given(word) or lexicon.is_place(folded) or folded in lexicon.by_demonym():
        return False
    if folded in lexicon.names("organisations") or (word.isupper() and len(word) > 1):
        return False
    if word.lower() in reading.lower_words or (folded.endswith("ing") and len(word) > 6 and folded not in midway):
        return True
    return not more and folded not in midway and folded.endswith(("ing", "ed", "ly", "ies", "ers", "ors"))


def _inside_role(line: Line, role: list[int]) -> Iterable[Span]:
    """Places and organisations named within a title: ``US`` in ``US President``."""
    texts = [line.tokens[k].text for k in role]
    if texts[1:2] == ["for"] and fold(texts[0]) in FOLLOWERS:
        callings = lexicon.words("roles") | lexicon.titles().keys()
        end = next(i for i in range(2, len(texts)) if fold(texts[i]) in callings)
        yield Span(line.number, line.tokens[role[0]].start, line.tokens[role[end - 1]].end, tuple(texts[:end]))
    i = 0
    while i < len(role):
        for j in range(len(role), i, -1):
            words = tuple(line.tokens[k].text for k in role[i:j])
            key = fold(" ".join(words))
            if lexicon.is_place(key) or key in lexicon.names("organisations"):
                yield Span(line.number, line.tokens[role[i]].start, line.tokens[role[j - 1]].end, words)
                i = j - 1
                break
        i += 1


def _trim(line: Line, name: list[int], title: str, opens: bool) -> Iterable[Span]:
    """The spans of a run that is no title: what stands before a name or behind it is no part of it."""
    name, words = _bare(line, name)
    for split in (led_by, parting):
        known, at = split(words) if words else (0, 0)
        if at:
            yield from _trim(line, name[:known], "", opens)
            name, words = name[at:], words[at:]
    if (
        not words
        or words in (["A"], ["I"])
        or (
            len(words) == 1
            and (belonging(words[0]) or fold(words[0]).rstrip(".") in ("inc", "corp", "ltd", "co", "llc", "plc"))
        )
    ):
        return
    lead = fold(words[0])
    if len(words) > 1 and lead in _COUNTRY_LEADS and not is_body(words[1:]):
        token = line.tokens[name[0]]
        yield Span(line.number, token.start, token.end, (token.text,))
        name, words = name[1:], words[1:]
    yield Span(line.number, line.tokens[name[0]].start, line.tokens[name[-1]].end, tuple(words), title, opens)


def _bare(line: Line, name: list[int]) -> tuple[list[int], list[str]]:
    """A name and its words without what only leads up to it or follows it.

    Demonyms before a name are no part of it, unless the name is a body's.
    """
    words = _without_nickname([line.tokens[k].text for k in name])
    while len(words) > 1 and belonging(words[0]) and not keeps_people(words):
        name, words = name[1:], words[1:]
        while words and not words[0][0].isupper():
            name, words = name[1:], words[1:]
    apart = people_or_party(words)
    name, words = name[apart:], words[apart:]
    while words and words[0].lower() in (*_LEADING_ON, "annual"):
        name, words = name[1:], words[1:]
    if words and lexicon.is_given(words[0]):
        # "Ana Roe Former governor", from a list of names without marks.
        cut = next((i for i in range(2, len(words)) if fold(words[i]) in _BEHIND_NAME), len(words))
        name, words = name[: len(name) - len(words) + cut], words[:cut]
    before = [t.text for t in line.tokens[max(0, name[0] - 2) : name[0]]] if name else []
    if len(before) == 2 and before[1] == "of" and fold(before[0]) in lexicon.words("roles"):
        # "Director of Public Prosecution Ana Roe": what someone is in charge of, then the name.
        at = next((i for i in range(1, len(words) - 1) if lexicon.is_given(words[i])), 0)
        name, words = name[at:], words[at:]
    return name, words


_LEADING_ON = ("of", "for", "on", "to", "and")
_BEHIND_NAME = frozenset("former ex governor senator representative congressman congresswoman ambassador".split())
