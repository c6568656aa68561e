"""What leads up to a name and is no part of it: where someone belongs, what he works for, whose a house is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.runs import FOLLOWERS


def keeps_people(words: Sequence[str]) -> bool:
    """Whether a demonym stands within a body's or a place's name: ``Varnish Airlines Group Inc.``."""
    if "-" in words[0] and belonging(words[0]):
        return False
    headed = len(words) > 2 and (
        fold(words[1]) in lexicon.words("org-heads") or (words[1] == "for" and fold(words[0]) in FOLLOWERS)
    )
    return headed or is_body(words) or lexicon.is_place(fold(" ".join(words)))


def parting(words: Sequence[str]) -> tuple[int, int]:
    """Where a known place or body ends that only stands before a person's name, and where the name begins; or zeros.

    ``Browns DL Sheldon Richardson``, ``United Nations Xi Jinping``: an abbreviation may stand between.
    """
    for at in range(1, 0 if lexicon.is_given(words[0]) else len(words) - 1):
        person = lexicon.is_given(words[at]) or fold(words[at]) in lexicon.words("family-names-first")
        if not person or is_body(words[at:]):
            continue
        short = at > 1 and words[at - 1].isupper() and len(words[at - 1]) <= 3
        for known in (at, at - 1) if short else (at,):
            lead = fold(" ".join(words[:known]))
            body = words[1:2] == ["of"] and words[known - 1] != "of" and is_body(words[:known])
            if body or lexicon.is_place(lead) or lead in lexicon.names("organisations"):
                return known, at
    return 0, 0


def belonging(word: str) -> bool:
    """Whether a word says where someone belongs, not who it is: ``French``, ``Republican``."""
    head, _, tail = word.partition("-")
    # "Democratic-majority", as little as "Democratic", names a house.
    bare = fold(head if tail.islower() else word)
    return bare in lexicon.by_demonym() or bare in _ADHERENTS


# "African American Ana Roe", "Conservative Ana Roe": what she is stands before her name.
_PEOPLES = frozenset(("african american", "asian american", "native american", "african americans"))
_PARTIES = frozenset("conservative labour liberal labor".split())


def people_or_party(words: Sequence[str]) -> int:
    """How many words before a name tell of its bearer's people or party, which are not written as a demonym is."""
    if len(words) < 3 or is_body(words):
        return 0
    partisan = fold(words[0]) in _PARTIES and lexicon.is_given(words[1])
    return 2 if fold(" ".join(words[:2])) in _PEOPLES else int(partisan)


_ADHERENTS = frozenset("republican democrat democratic tory briton frenchman dutchman spaniard pole swede dane".split())


# What presidents and parties hold for a time: "Obama White House", "Republican House".
_HELD = frozenset(
    ("white house", "cabinet", "supreme court", "state department", "justice department", "senate", "house", "congress")
)


def led_by(words: Sequence[str]) -> tuple[int, int]:
    """Where a name ends that only tells whose body a known one is at the time, and where that begins; or zeros."""
    party = next((i for i, word in enumerate(words) if fold(word) in _ADHERENTS), 0)
    if party and lexicon.is_place(fold(" ".join(words[:party]))):
        own = is_body(words) and fold(" ".join(words[party + 1 :])) not in _HELD
        return (0, 0) if own else (party, party + 1)  # "Varn Republican Ana Roe"
    for at in (1, 2, 3):
        rest = fold(" ".join(words[at:]))
        lead = fold(" ".join(words[:at]))
        if rest in _HELD and not lexicon.is_place(lead) and lead not in ("us", "u.s.", "the", "state"):
            held = lead in _ADHERENTS or fold(words[0]) in _PRESIDENTS or (at > 1 and lexicon.is_given(words[0]))
            return (at, at) if held else (0, 0)
    return 0, 0


_PRESIDENTS = frozenset(
    "truman eisenhower kennedy johnson nixon ford carter reagan bush clinton obama trump biden thatcher blair brown "
    "cameron".split()
)


# "American Music Awards", "French Open": what the occasion is called, not where someone belongs.
_OCCASIONS = frozenset(
    "awards cup games championship championships festival open prix league series convention summit".split()
)


def is_body(words: Sequence[str]) -> bool:
    """Whether words are headed as a body's or an occasion's name is, or are a known one."""
    folded = [fold(w) for w in words]
    if "of" in folded and set(folded[: folded.index("of")]) & lexicon.words("org-heads"):
        return True
    return (
        folded[-1] in lexicon.words("org-heads")
        or folded[-1] in _OCCASIONS
        or " ".join(folded) in lexicon.names("organisations")
    )
