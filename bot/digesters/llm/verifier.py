"""The gate: what a model says is kept only where the sentences it cites say it too, nearly word for word.

Detecting a wrong statement by the words it shares with its source works better than by the likeness of their
meaning: what is new in a statement is what may be wrong. So nothing new passes: every word must stand in one cited
sentence, in its order; no negation or hedge of what is retold may be dropped, and nothing joined that was apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.digesters.extractive.ranking import stems
from bot.digesters.llm import checks, cuts
from bot.digesters.llm.support import beside, coverage, phrase, support

#: The least support of a statement that is kept; see tests/eval/gate.py for what other values give.
MIN_SUPPORT = 0.7
_MAX_CITES, _MAX_LENGTH = 3, 400
_UNWANTED = re.compile(
    r"https?://|www\.|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|"
    r"<[@!#a-z/]|@(?:everyone|here|channel)|\[[^\]]+\]\(|`{3}"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement is supported, and if not, why: a clause for a person or for the model."""

    supported: bool
    reason: str = ""
    support: float = 0.0  #: 0 to 1


def verify(
    text: str, cites: Sequence[int], sentences: Mapping[int, str], limit: int = _MAX_LENGTH, language: str = "en"
) -> Verdict:
    """Whether the cited sentences say ``text``.

    Args:
        text: the statement.
        cites: numbers of the sentences that are said to support it.
        sentences: the sentences that may be cited, by number: furniture and orders to machines are not among them.
        limit: the most characters the statement may have.
        language: the article's.
    """
    if not text.strip() or len(text) > limit:
        return Verdict(False, f"must have 1 to {limit} characters")
    if _UNWANTED.search(text):
        return Verdict(False, "holds an address, markup or hidden characters")
    if not cites or len(cites) > _MAX_CITES or any(n not in sentences for n in cites):
        return Verdict(False, "cites no sentence of the article, or too many")
    cited = [sentences[n] for n in dict.fromkeys(cites)]
    best = max(cited, key=lambda sentence: coverage(text, sentence))
    value = support(text, sentences.values())
    laid = beside(text, best)
    reason = (
        checks.quotations(text, cited)
        or checks.told_as_fact(laid)
        or cuts.changed(laid, language)
        or checks.foreign(laid, cited, list(sentences.values()))
        or checks.owners(laid)
        or checks.figures(laid)
        or cuts.dropped(laid)
        or cuts.cut(laid)
    )
    if not reason and value < MIN_SUPPORT:
        reason = "is worded too differently from the sentences it cites"
    return Verdict(not reason, reason, value)


def best_cites(text: str, sentences: Mapping[int, str], most: int = 2) -> tuple[int, ...]:
    """The sentences that say ``text`` best: the one that holds the most of it, then who holds most of the rest."""
    ranked = sorted(sentences, key=lambda n: -coverage(text, sentences[n]))[:1]
    missing = {key for n in ranked for key in phrase(text).known - phrase(sentences[n]).known}
    while missing and len(ranked) < most:
        number = max(sentences, key=lambda n: len(missing & phrase(sentences[n]).known))
        found = missing & phrase(sentences[number]).known
        if not found:
            break
        ranked.append(number)
        missing -= found
    return tuple(sorted(ranked))


def repeats(text: str, others: Sequence[str]) -> bool:
    """Whether one of the others already says most of it."""
    ours = set(stems(text))
    for other in others:
        theirs = set(stems(other))
        if ours and theirs and len(ours & theirs) / min(len(ours), len(theirs)) > 0.7:
            return True
    return False
