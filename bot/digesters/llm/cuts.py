"""What may be left out of a sentence that a statement retells, and where it may be cut."""

from __future__ import annotations

import re

from bot.digesters.extractive.clauses import VERB
from bot.digesters.extractive.lexicon import is_given, titles
from bot.digesters.extractive.lexicon import words as listed
from bot.digesters.llm.lists import (
    ADDED,
    ARTICLES,
    ATTACHED,
    ATTRIBUTIONS,
    AUXILIARIES,
    CALENDAR,
    CONDITIONS,
    DANGLING,
    FEWEST,
    JOINING,
    MODALS,
    NARROW,
    NEGATIONS,
    OF_WHOM,
    PASSED_OVER,
    PHRASE,
    PREPOSITIONS,
    REACH,
    RELATIVES,
    SMALL,
    WORDS_LEFT_OUT,
)
from bot.digesters.llm.support import Beside, Phrase, Word

# "The fastest-growing brand" is not "the brand". That "the forest fire" may not become "the fire" costs little.
_SUPERLATIVE = re.compile(r"[a-z]+est|worst")


def roles() -> frozenset[str]:
    """Words for what people are: minister, striker."""
    return listed("roles")


def bounded(theirs: Phrase, before: int, after: int) -> bool:
    """Whether what stands between the two words is an aside, with a mark on either side."""
    return theirs.words[before + 1].opens and theirs.words[after].parted


def changed(laid: Beside, language: str) -> str:
    """In a language whose negations and hedges are not listed here, nothing may be left out."""
    known = language.casefold().partition("-")[0] == "en"
    same = known or [w.text for w in laid.ours.words] == [w.text for w in laid.theirs.words]
    return "" if same else "is not the whole of the cited sentence, in a language that cannot be shortened safely"


def dropped(laid: Beside) -> str:
    """Negations, hedges and attributions of what is retold must be kept."""
    kept = {j for _, j in laid.pairs}
    kept_keys = set(laid.ours.keys)
    aside = {j for a, b in laid.gaps() if _aside(laid.theirs, a, b) for j in range(a + 1, b)}
    low, high = _clause(laid)
    for j, word in enumerate(laid.theirs.words):
        if j in kept:
            continue
        near = low <= j <= high and j not in aside
        if near and (word.text in NEGATIONS or word.key == "not"):
            return f"drops the “{word.text}” of the cited sentence"
        if word.text in ATTRIBUTIONS and word.key not in kept_keys and not _of_another(laid, j):
            return f"drops the “{word.text}” of the cited sentence"
        if near and word.text in MODALS:
            return f"drops the “{word.text}” of the cited sentence"
        if (word.text in NARROW or _SUPERLATIVE.fullmatch(word.text)) and _limits_kept(laid, j, kept):
            return f"drops the “{word.text}” of the cited sentence"
    return ""


def _aside(theirs: Phrase, before: int, after: int) -> bool:
    """Whether a gap is a whole aside, or a clause that only adds when, where or why, up to its mark."""
    return bounded(theirs, before, after) or (theirs.words[before + 1].text in ADDED and theirs.words[after].parted)


def _of_another(laid: Beside, place: int) -> bool:
    """Whether an attribution stands behind the stretch retold in a clause of its own: "…, where she told them"."""
    words = laid.theirs.words
    for j in range(place - 1, laid.last, -1):
        if words[j].text in RELATIVES and words[j].parted:
            return True
        if words[j + 1].parted:
            return False
    return False


def _limits_kept(laid: Beside, place: int, kept: set[int]) -> bool:
    behind = range(place + 1, min(place + 1 + REACH, len(laid.theirs.words)))
    words = laid.theirs.words
    return any(j in kept and words[j].text not in SMALL and not words[j].parted for j in behind)


def _clause(laid: Beside) -> tuple[int, int]:
    """The stretch retold, out to the mark before it, and behind it to a mark or a word that opens another clause."""
    words = laid.theirs.words
    low, high = laid.first, laid.last
    while low > 0 and not words[low].parted:
        low -= 1
    while high + 1 < len(words) and not words[high + 1].parted and words[high + 1].text not in RELATIVES:
        high += 1
    return low, high


def cut(laid: Beside) -> str:
    """Beginning, end and gaps must stand where a sentence can be cut without joining what it parts."""
    words = laid.theirs.words
    if not laid.pairs:
        return "is worded too differently from the sentences it cites"
    short = len(laid.ours.words) < min(FEWEST, len(words))
    if short or laid.ours.words[-1].text in DANGLING or laid.ours.text.rstrip()[-1] in ",;:—–-":
        return "breaks off in the middle"
    if not _begins_well(laid):
        return "begins in the middle of the cited sentence's clause"
    if not _ends_well(laid):
        return "ends in the middle of the cited sentence's clause"
    for before, after in laid.gaps():
        if not _droppable(laid, before, after):
            return f"joins “{words[before].text} {words[after].text}”, which the cited sentence keeps apart"
    return ""


def _begins_well(laid: Beside) -> bool:
    """Whether what stands before the words retold, in their clause, can go without changing them."""
    words = laid.theirs.words
    low, _ = _clause(laid)
    opening = next((j for j in range(laid.first - 1, low - 1, -1) if words[j].text in JOINING), low - 1)
    # "While she waited, the boat left" is two clauses: the first is none without its "while".
    if opening >= low and (words[opening].text in CONDITIONS or (opening == 0 and words[0].text not in PASSED_OVER)):
        return False
    lead = words[opening + 1 : laid.first]
    if not lead or all(w.text in PASSED_OVER for w in lead) or lead[-1].text in ATTRIBUTIONS:
        return True
    if lead[0].text in PREPOSITIONS and (lead[-1].text in CALENDAR or lead[-1].text.isdigit()):
        return True
    short = len(lead) <= WORDS_LEFT_OUT
    if any(w.text in PREPOSITIONS or w.text in ATTRIBUTIONS for w in lead):
        return False
    ours = laid.ours.words[laid.pairs[0][0] - 1 : laid.pairs[0][0]]
    if short and ours and ours[0].text in ARTICLES and lead[0].text in ARTICLES:
        return True
    return lead[-1].text in roles() or lead[-1].text in titles()


def _ends_well(laid: Beside) -> bool:
    words = laid.theirs.words
    if _without_verb(laid):
        return False
    if laid.last + 1 >= len(words) or words[laid.last + 1].parted or words[laid.last].text in CALENDAR:
        return True
    behind = words[laid.last + 1].text
    return behind in PREPOSITIONS | JOINING | CALENDAR or behind.endswith(("ing", "ly"))


def _without_verb(laid: Beside) -> bool:
    """Whether what is left is someone "who …" or what someone said "that …", and no more."""
    words, told = laid.theirs.words, [laid.theirs.words[j] for _, j in laid.pairs]
    if laid.last + 1 == len(words):
        return False
    behind = words[laid.last + 1]
    head = next((told[:n] for n, w in enumerate(told) if w.parted and w.text in OF_WHOM), None)
    if head is None and behind.text in OF_WHOM | {"that"}:
        head = told
    if head is None:
        return False
    verb = any(w.text in AUXILIARIES for w in head) or VERB.search(" ".join(w.text for w in head))
    return not verb or (behind.text == "that" and told[-1].text in ATTRIBUTIONS)


def _droppable(laid: Beside, before: int, after: int) -> bool:
    """Whether words between two that are retold can go: an aside, a phrase of place or time, an adjective or two."""
    words = laid.theirs.words
    out = words[before + 1 : after]
    if all(w.text == "that" for w in out):
        return True
    if words[before].text in PREPOSITIONS and words[after].text in ARTICLES:
        return False
    ours = next(laid.ours.words[i] for i, j in laid.pairs if j == after)
    if bounded(laid.theirs, before, after):
        return words[after].text not in ATTACHED and (ours.parted or not words[after].capital)
    whole = _aside(laid.theirs, before, after)
    if any(w.parted or (w.text in AUXILIARIES and not whole) for w in out) or _within_a_name(out[-1], words[after]):
        return False
    if words[after].parted and not ours.parted:
        return False
    if whole:
        return True
    if words[after].text in AUXILIARIES and not all(w.text.endswith("ly") or w.text in PASSED_OVER for w in out):
        return False
    # "Those in Ostby who fled" are not all who fled.
    links = PREPOSITIONS | JOINING - OF_WHOM - {"that"}
    if out[0].text in PREPOSITIONS and (words[after].parted or words[after].text in links):
        tight = words[after].text == "of" or len(out) > PHRASE
        return not tight and not any(w.text in JOINING or w.text == "to" for w in out)
    return len(out) <= WORDS_LEFT_OUT and not any(w.text in PREPOSITIONS | JOINING for w in out)


def _within_a_name(last: Word, next_: Word) -> bool:
    """Whether a name would lose a part that is neither title nor first name: "Star Trek" is not "Trek"."""
    together = last.capital and next_.capital and not next_.parted
    return together and last.text not in titles() and not is_given(last.text)
