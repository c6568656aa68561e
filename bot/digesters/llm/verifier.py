"""The gate: what a model says is kept only where the sentences it cites say it too, nearly word for word.

Detecting a wrong statement by the words it shares with its source works better than by the likeness of their
meaning: what is new in a statement is what may be wrong. So nothing new passes: no name, number, date, quotation,
negation or content word that the cited sentences lack, no hedge of theirs dropped, no two names exchanged.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digesters.extractive.lexicon import fold, words
from bot.digesters.extractive.ranking import stems

MIN_COVERAGE = 0.8
_MAX_CITES, _MAX_LENGTH = 3, 400
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’-][^\W_]+)*")
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot denied denies deny "
    "refused refuses refuse failed fails "
    "fail rejected rejects reject lacks lacked stopped ended unless hardly barely except".split()
)
_HEDGES = frozenset(
    "may might could would should if unless alleged allegedly reportedly apparently likely unlikely possibly perhaps "
    "potential potentially expected plans planned plan proposed proposes considering "
    "considers wants wanted hopes hoped "
    "fears feared believes believed suspected suspects accused accuses claims claimed claim says said say told tells "
    "according argues argued warned warns estimated about nearly almost some around "
    "least most more less up only former".split()
)
_SMALL = frozenset("the a an of in on at to and or for by with from than as that it".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december today yesterday tomorrow tonight".split()
)
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen "
    "half quarter first second third double triple once twice".split()
)
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,}?)[\"“”»]")
_UNWANTED = re.compile(
    r"https?://|www\.|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|"
    r"<[@!#a-z/]|@(?:everyone|here|channel)|\[[^\]]+\]\(|`{3}"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement is supported, and if not, why: a clause for a person or for the model."""

    supported: bool
    reason: str = ""
    coverage: float = 0.0


def _no(reason: str, coverage: float = 0.0) -> Verdict:
    return Verdict(False, reason, coverage)


def verify(text: str, cites: Sequence[int], sentences: dict[int, str], limit: int = _MAX_LENGTH) -> Verdict:
    """Whether the cited sentences say ``text``.

    Args:
        text: the statement.
        cites: numbers of the sentences that are said to support it.
        sentences: the sentences that may be cited, by number: furniture and orders to machines are not among them.
        limit: the most characters the statement may have.
    """
    if not text.strip() or len(text) > limit:
        return _no(f"must have 1 to {limit} characters")
    if _UNWANTED.search(text):
        return _no("holds an address, markup or hidden characters")
    if not cites or len(cites) > _MAX_CITES or any(n not in sentences for n in cites):
        return _no("cites no sentence of the article, or too many")
    cited = [sentences[n] for n in dict.fromkeys(cites)]
    value = max(coverage(text, sentence) for sentence in cited)
    for check in (_quotations, _numbers, _dates, _names, _unseen, _negations, _hedges, _order):
        reason = check(text, cited)
        if reason:
            return _no(reason, value)
    if value < MIN_COVERAGE:
        return _no("is worded too differently from the sentences it cites", value)
    return Verdict(True, "", value)


def _words(text: str) -> list[str]:
    return [fold(word).replace("’", "'") for word in _WORD.findall(text)]


def _split(text: str) -> list[str]:
    """Words with possessives and hyphens opened, so that ``Maduro's`` holds ``maduro``."""
    return [part for word in _words(text) for part in re.split(r"['-]", word) if part and part != "s"]


def coverage(text: str, sentence: str) -> float:
    """The share of ``text``'s word pairs that ``sentence`` holds."""
    ours, theirs = _split(text), _split(sentence)
    pairs = list(itertools.pairwise(ours))
    if not pairs:
        return float(bool(ours) and set(ours) <= set(theirs))
    known = set(itertools.pairwise(theirs))
    return sum(pair in known for pair in pairs) / len(pairs)


def _quotations(text: str, cited: list[str]) -> str:
    plain = [_plain(sentence) for sentence in cited]
    for match in _QUOTED.finditer(text):
        if not any(_plain(match[1]).strip(" ,.") in sentence for sentence in plain):
            return f"quotes “{match[1][:60]}”, which the cited sentences do not hold"
    return "" if len(re.findall(r"[\"“”„«»]", text)) % 2 == 0 else "leaves a quotation mark open"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\"“”„«»]", "", text).replace("’", "'").replace("‘", "'").split())


def _numbers(text: str, cited: list[str]) -> str:
    known = {word for sentence in cited for word in _split(sentence)} | {w for s in cited for w in _words(s)}
    for word in [*_split(text), *_words(text)]:
        if (any(c.isdigit() for c in word) or word in _NUMBER_WORDS) and word not in known:
            return f"has the number {word}, which the cited sentences do not hold"
    return ""


def _dates(text: str, cited: list[str]) -> str:
    known = {word for sentence in cited for word in _split(sentence)}
    missing = [w for w in _split(text) if w in _CALENDAR and w not in known]
    return f"has the date {missing[0]}, which the cited sentences do not hold" if missing else ""


def _named(text: str) -> list[str]:
    """Capitalised words that are names, not sentence beginnings."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        begins = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ".!?:"
        if word[0].isupper() and not (begins and fold(word) in words("common")):
            found.extend(_split(word))
    return found


def _names(text: str, cited: list[str]) -> str:
    known = {word for sentence in cited for word in _split(sentence)}
    missing = [name for name in _named(text) if name not in known]
    return f"names {missing[0]}, whom the cited sentences do not name" if missing else ""


def _unseen(text: str, cited: list[str]) -> str:
    known = {stem for sentence in cited for stem in stems(sentence)}
    missing = [stem for stem in stems(text) if stem not in known]
    return f"says “{missing[0]}”, which the cited sentences do not" if missing else ""


def _best(text: str, cited: list[str]) -> str:
    return max(cited, key=lambda sentence: coverage(text, sentence))


def _aligned(text: str, sentence: str) -> list[str]:
    """The stretch of the sentence that the statement retells: from its first shared word to its last."""
    ours, theirs = _split(text), _split(sentence)
    pairs = set(itertools.pairwise(ours))
    shared = [i for i, pair in enumerate(itertools.pairwise(theirs)) if pair in pairs]
    return theirs[shared[0] : shared[-1] + 2] if shared else theirs


def _negations(text: str, cited: list[str]) -> str:
    ours = _denials(_words(text))
    theirs = _denials([w for sentence in cited for w in _words(sentence)])
    if not ours <= theirs:
        return "denies something that the cited sentences do not deny"
    sentence = _best(text, cited)
    stretch = " ".join(_aligned(text, sentence))
    kept = _denials(stretch.split()) | ({"not"} if re.search(r"n t\b", stretch) else set())
    return "" if kept <= ours else "drops a “not” of the cited sentence"


def _denials(found: list[str]) -> set[str]:
    return {
        "not" if word.endswith("n't") or word == "cannot" else word
        for word in found
        if word in _NEGATIONS or word.endswith("n't")
    }


# What these limit is the word behind them; where that word is left out, so may they be.
_NARROW = frozenset("about some around most more less up only former least nearly almost".split())
_REACH = 4


def _hedges(text: str, cited: list[str]) -> str:
    """Every hedge and attribution of the sentence retold must be kept, wherever in it they stand."""
    ours, theirs = set(_split(text)), _split(_best(text, cited))
    for i, word in enumerate(theirs):
        if word not in _HEDGES or word in ours:
            continue
        limited = {w for w in theirs[i + 1 : i + _REACH] if w not in _SMALL}
        if word not in _NARROW or limited & ours:
            return f"drops “{word}” of the cited sentence"
    return ""


def _order(text: str, cited: list[str]) -> str:
    """Names must come in the order in which the sentence has them: who did what to whom."""
    named = _named(text)
    if len(named) < 2:
        return ""
    theirs = _split(_best(text, cited))
    at = 0
    for name in named:
        try:
            at = theirs.index(name, at) + 1
        except ValueError:
            return "names in another order than the cited sentence"
    return ""


def repeats(text: str, others: Sequence[str]) -> bool:
    """Whether one of the others already says most of it."""
    ours = set(stems(text))
    for other in others:
        theirs = set(stems(other))
        if ours and theirs and len(ours & theirs) / min(len(ours), len(theirs)) > 0.7:
            return True
    return False
