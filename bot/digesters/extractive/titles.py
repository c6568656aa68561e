"""What of a run of capitalised words is title or role: ``Secretary of State`` of ``Secretary of State Ana Roe``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.text import Line

# Offices whose name runs on behind "of", before the holder's name: "Secretary of State Marco Rubio".
_PORTFOLIOS = frozenset(
    "state defense defence the treasury commerce labor education energy health agriculture war justice transportation "
    "interior homeland security staff foreign affairs finance culture police".split()
)


def role_end(line: Line, run: list[int], surnames: frozenset[str]) -> int:
    """How many tokens at the run's head are title or role; ``surnames`` are callings that are names in the article."""
    texts = [line.tokens[k].text for k in run]
    folded = [fold(t).rstrip(".") for t in texts]
    cut = 0
    if any(" ".join(folded[i:]) in lexicon.names("organisations") for i in range(2)):
        return 0
    for i, word in enumerate(folded):
        is_role = _is_calling(texts, folded, i)
        if is_role and word in _LOOSE_ROLES and not (i + 1 < len(texts) and lexicon.is_given(texts[i + 1])):
            continue
        if not is_role or (i == len(folded) - 1 and (word in surnames or _surname_here(texts, i, cut))):
            continue
        if i == 0 and lexicon.is_given(texts[0]) and len(texts) > 1 and not lexicon.is_given(texts[1]):
            continue
        if i > cut and _name_like(texts[cut:i]):
            break
        cut = i + 1
        if folded[cut : cut + 1] == ["of"]:
            while cut < len(folded) and (folded[cut] in _PORTFOLIOS or folded[cut] in ("of", "and", "the")):
                cut += 1
    # An organisation's name may hold a role's word: "Chief Executive Council", "President's Park".
    last = folded[-1]
    if cut < len(folded) and (last in lexicon.words("org-heads") or last in lexicon.words("place-heads")):
        courteous = cut > 0 and folded[cut - 1] in _COURTESY - {"st"}
        return cut if courteous or _name_like(texts[cut:]) else 0
    return cut


def _is_calling(texts: Sequence[str], folded: Sequence[str], i: int) -> bool:
    """Whether a word of a run is a role's own: "Home" or "Chief" opens one only before it, as in no "Home Depot"."""
    word = folded[i]
    if word not in lexicon.titles() and word not in lexicon.words("roles"):
        return False
    # "MX" is a model's mark; the title is "Mx".
    if word in _COURTESY and texts[i].isupper():
        return False
    # Of a "Bureau of Justice Records" no justice is the head.
    if i > 1 and folded[i - 1] == "of" and folded[i - 2] in lexicon.words("org-heads"):
        return False
    # A general election, strike or assembly is under no general's command.
    return not (word == "general" and i + 1 < len(folded) and folded[i + 1] in _GENERAL)


IN_CHARGE = frozenset("director head chief manager vice-president chair chairman chairwoman dean".split())
_GENERAL = frozenset(
    "election elections assembly motors electric hospital council strike store public medical accident administration "
    "dynamics mills counsel fund conference secretariat synod post court directorate".split()
)
_COURTESY = frozenset("mr mrs ms miss mx dr st".split())
# What a firm does, told before its name: "Bookmaker Roe & Doe has stopped taking bets".
TRADES = frozenset(
    "retailer airline carmaker automaker chipmaker drugmaker lender insurer brewer bookmaker broadcaster watchdog "
    "supermarket charity publisher housebuilder manufacturer regulator".split()
)
# Common words as much as callings: "Star Trek" is no star called Trek.
_LOOSE_ROLES = frozenset(
    "star guard head driver host center centre safety champion winner model server receiver ranger racer forward maker "
    "owner tackle pilot".split()
)


def _surname_here(texts: Sequence[str], i: int, cut: int) -> bool:
    """Whether the last word is a surname that only looks like a role: ``Carole King``."""
    return any(lexicon.is_given(text) for text in texts[cut:i])


def _name_like(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and lexicon.is_given(texts[0])


def surnames_like_callings(lines: Iterable[tuple[Line, list[int]]]) -> frozenset[str]:
    """The callings that someone of the article is called by, behind a given name: ``Cook`` of ``Ana Cook``."""
    found: set[str] = set()
    for line, run in lines:
        texts = [line.tokens[k].text for k in run]
        plain = [text for text in texts if len(text.rstrip(".")) > 1]
        calling = fold(texts[-1])
        if (
            len(plain) == 2
            and lexicon.is_given(plain[0])
            and calling in lexicon.words("roles") | lexicon.titles().keys()
        ):
            found.add(calling)
    return frozenset(found)
