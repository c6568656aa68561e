"""What stands before a name and says what its bearer is: ``interim Varnish President``, ``The mayor of Varn, ``."""

from __future__ import annotations

import re
from functools import cache

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.ranking import STOP_WORDS
from bot.digesters.extractive.runs import ARTICLED, CALENDAR, CHARGES, FIRM_ENDS, FOLLOWERS, OF_HEADS, ON_HEADS
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Line, Token

_MODIFIERS = frozenset(
    "chief executive interim acting former ex deputy vice senior prime foreign assistant associate managing founding "
    "incoming outgoing longtime veteran new then current top lead general party opposition majority minority national "
    "state city county federal regional local police fire defence defense finance interior health education trade home "
    "energy labour labor justice transport environment housing press media communications human resources right-wing "
    "left-wing far-right conservative liberal republican democratic democrat independent russian-born head team "
    "political economic security intelligence military legal medical scientific research marketing sales technology "
    "financial operating creative artistic athletic executive principal non-executive honorary retired late world "
    "club company board presidential vice-presidential mayoral congressional senate house cabinet special high supreme "
    "district circuit appeals chess tennis football basketball film theatre rock pop soul country folk jazz opera "
    "climate human-rights civil-rights rights women’s women's university college school sports business technology art "
    "investment bank tech software shadow culture race games game video council union trade-union fashion celebrity "
    "reality television tv radio record hedge-fund band news gallery tribal olympic european commonwealth paralympic "
    "marathon cricket rugby golf boxing athletics cycling hockey baseball soccer development housing treasury commerce "
    "agriculture labour-office talk chat show computer economy information co- "
    "contributing subcommittee committee panel environmental law constitutional criminal policy nuclear weapons "
    "infectious disease space history english campaign opinion government association".split()
)
COURTESY = frozenset("mr mrs ms miss dr sir dame lord lady mx prof rev st hon father sister brother mother".split())
_RANKS = frozenset("gen col lt sgt capt maj adm cmdr cpl dr prof rev sen rep gov sir dame lord".split())
MAX_WORDS = 10
FINITE = frozenset("said says told has had is was were are will would".split())


def _index_at(tokens: tuple[Token, ...], start: int) -> int:
    return next((i for i, t in enumerate(tokens) if t.start >= start), len(tokens))


def before_name(line: Line, span: Span) -> str:
    """The role directly before a name, with what modifies it: ``interim Venezuelan President``."""
    tokens = line.tokens
    at = _index_at(tokens, span.start)
    if at == 0:
        return ""
    k = at
    apposed = tokens[k - 1].text == "," and k >= 2 and _APPOSED.match(line.text, span.end)
    if phrase := _definite(tokens, k - 1) if apposed else "":
        return phrase
    while k > 0 and _belongs(tokens, k - 1, k == at):
        k -= 1
        if tokens[k].text in FIRM_ENDS:
            k = _firm_begins(tokens, k)
    k = _no_more(tokens, _listed_body(tokens, _whole_body(tokens, k, at)))
    if k and tokens[k - 1].text == "to" and tokens[k].text in ("host", "head", "chair", "lead", "partner", "coach"):
        k += 1  # "to host finance minister Roe" is what someone will do
    chief = k > 1 and tokens[k - 1].text == "of" and is_role(tokens[k - 2].text)
    if chief and fold(tokens[at - 1].text).rstrip(".") in _RANKS:
        k -= 2  # "Chief of Naval Operations Adm. Roe"
    if k < at and tokens[k].text == "As":
        k += 1  # "As President Roe left"
    words = _without_rank(tokens[k:at], chief=chief)
    if k and tokens[k - 1].text.startswith(("then-", "future-")):
        return ""
    if not words or not _tells(words, tokens[k - 1].text.lower() if k else "") or _indefinite(tokens, k):
        return ""
    return line.text[words[0].start : words[-1].end]


def _without_rank(words: tuple[Token, ...], *, chief: bool) -> tuple[Token, ...]:
    """A role without the courtesy, and the rank behind an office, that lead up to the name: ``spokesman Col. Roe``."""
    while len(words) > 1 and fold(words[-1].text).rstrip(".") in ("mr", "mrs", "ms", "miss"):
        words = words[:-1]
    ranked = len(words) > 1 and fold(words[-1].text).rstrip(".") in _RANKS
    return words[:-1] if ranked and (chief or words[-2].text.islower()) else words


def _tells(words: tuple[Token, ...], before: str) -> bool:
    """Whether the words say what someone is: more than a courtesy or kinship, and not whose he is."""
    last = words[-1].text
    if (not is_role(last) and not _portfolio(words)) or last in KIN:
        return False
    # "Varn's Commerce Minister" bears an office, "Roe's lawyer" is told with Roe.
    if before in ("'s", "’s") and (words[0].text.islower() or len(words) == 1):
        return False
    if len(words) == 1 and last.islower() and (before in _NOT_BEFORE or before.endswith("ly") or last in _PLAIN):
        return False
    return not all(fold(t.text).rstrip(".") in COURTESY for t in words)


# "Her lawyer Roe" is told with her; "will quietly vet Roe's papers", "they coach Roe" tell of deeds.
_NOT_BEFORE = frozenset("his her their my we you they i not will would can could should must".split())
# Alone and in lower case these are adjectives: "he was hopeful Roe would sign".
_PLAIN = frozenset("hopeful private general official principal ex-husband ex-wife".split())


def _indefinite(tokens: tuple[Token, ...], k: int) -> bool:
    """Whether an indefinite article leads up to a role: ``a wealthy hotelier Roe tapped`` is not Roe."""
    for token in reversed(tokens[max(0, k - 3) : k]):
        if token.text in ("a", "an"):
            return True
        if not token.text.isalpha() or not token.text.islower() or token.text in STOP_WORDS:
            break
    return False


def _whole_body(tokens: tuple[Token, ...], k: int, at: int) -> int:
    """Where a body's name that the role begins with begins itself: ``Penn State quarterback``, not ``State …``."""
    if k == at or not tokens[k].capital:
        return k
    while k > 0 and tokens[k - 1].capital and fold(tokens[k - 1].text) not in CALENDAR:
        # What opens the sentence has its capital from there, unless it is a name's first half.
        opens = k == 1 and tokens[0].text != "World"
        opens = opens and not lexicon.is_place(fold(f"{tokens[0].text} {tokens[1].text}"))
        if opens and (is_role(tokens[k].text) or fold(tokens[0].text) in lexicon.words("common")):
            break
        k -= 1
    while k > 1 and tokens[k].capital and _leads_on(tokens[k - 2].text, tokens[k - 1].text):
        k -= 2  # "University of Sund biologist"
        while k > 0 and tokens[k - 1].capital and fold(tokens[k - 1].text) not in lexicon.words("common") | CALENDAR:
            k -= 1  # "Sund Institute of Technology professor"
    joined = k > 1 and tokens[k - 1].text == "and" and fold(tokens[k - 2].text) in CHARGES and tokens[k].capital
    if joined and any(fold(t.text) in lexicon.words("org-heads") for t in tokens[k:at]):
        return _whole_body(tokens, k - 2, at)  # "House Ports and Tides Committee Chairman"
    for first in range(max(0, k - 5), k - 1):
        # "Ways and Means Chairman": of a body's name with an "and" neither half is told alone.
        if any(fold(" ".join(t.text for t in tokens[first:end])) in _two_fold() for end in range(k + 1, at + 1)):
            return first
    return k


def _listed_body(tokens: tuple[Token, ...], k: int) -> int:
    """Where a known body's name of several words begins that ends before a token; the token where none does."""
    known = lexicon.names("organisations")
    return next((i for i in range(max(0, k - 6), k - 1) if fold(" ".join(t.text for t in tokens[i:k])) in known), k)


def _leads_on(head: str, preposition: str) -> bool:
    """Whether a body's name goes on behind a preposition: not in "Friends of Justice Roe"."""
    if preposition == "for":
        return fold(head) in FOLLOWERS
    if preposition == "on":
        return fold(head) in ON_HEADS
    heads = OF_HEADS | lexicon.words("org-heads") | lexicon.words("place-heads")
    return preposition == "of" and head[0].isupper() and fold(head) in heads


def _firm_begins(tokens: tuple[Token, ...], end: int) -> int:
    """Where a firm's name begins that ends at a token: ``Roe & Doe Co.``."""
    k = end
    while k > 0 and (tokens[k - 1].capital or (tokens[k - 1].text == "&" and k > 1 and tokens[k - 2].capital)):
        k -= 1
    return k


@cache
def _two_fold() -> frozenset[str]:
    """The known bodies whose name holds an "and", and what departments of them are in charge of."""
    known = {name for name in lexicon.names("organisations") if " and " in name}
    return frozenset(known | {name.removeprefix("department of ") for name in known})


def _no_more(tokens: tuple[Token, ...], k: int) -> int:
    """Where a role begins that is over, or held for a while: a ``former Harbour official`` is no ``official``."""
    first = k
    while first > 0 and k - first <= MAX_WORDS // 2 and _may_modify(tokens[first - 1].text):
        first -= 1
        if fold(tokens[first].text) in _OVER:
            return first
    return k


def _may_modify(word: str) -> bool:
    """Whether a word may stand between "former" and what someone was: a name, a noun or an adjective."""
    return word.replace(".", "").replace("&", "a").isalpha() and (word[0].isupper() or word not in STOP_WORDS | FINITE)


_OVER = frozenset("former ex onetime erstwhile acting interim outgoing incoming retired".split())


def _portfolio(words: tuple[Token, ...]) -> bool:
    """``Secretary of State``: the role's word stands first."""
    texts = [t.text.lower() for t in words]
    return "of" in texts[1:] and is_role(words[texts.index("of") - 1].text)


def _belongs(tokens: tuple[Token, ...], i: int, first: bool) -> bool:
    word = tokens[i].text
    folded = fold(word).rstrip(".")
    if first:
        return is_role(word) or folded in ("state", "defense", "defence", "staff", "lady")
    if folded in ("and", "of") and tokens[i + 1].capital:
        return (
            folded == "of"
            and is_role(tokens[i - 1].text)
            and fold(tokens[i + 1].text) in ("state", "defense", "defence", "the", "staff")
        )
    if folded in _MODIFIERS or folded in lexicon.by_demonym() or fold(word) in lexicon.countries() or is_role(word):
        return folded not in COURTESY
    if folded.startswith(("ex-", "co-", "vice-")) or word in FIRM_ENDS:
        return True
    if i and fold(f"{tokens[i - 1].text} {word}") in lexicon.by_demonym():
        return True  # "North Korean leader"
    # "CFPB Director", "al-Sund leader": whose.
    acronym = word.isupper() and word.isalpha() and 1 < len(word) < 7
    named = word[0].isupper() or bool(ARTICLED.match(word))
    return acronym or (named and word.replace("-", "").isalpha() and i > 0 and _known_body(tokens, i))


def _known_body(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word is, begins or ends the name of a known body or place: both halves of ``White House``."""
    words = [tokens[k].text if 0 <= k < len(tokens) else "" for k in (i - 1, i, i + 1)]
    known = lexicon.names("organisations") | lexicon.names("places")
    return any(fold(name) in known for name in (words[1], " ".join(words[:2]), " ".join(words[1:])))


def is_role(word: str) -> bool:
    """Whether a word heads what someone is or does."""
    folded = fold(word).rstrip(".")
    if folded in ("first", "judge-elect"):
        return False
    bare = folded.removeprefix("ex-").removeprefix("co-").removeprefix("vice-").removesuffix("-elect")
    return bare in lexicon.words("roles") or folded in lexicon.titles() or folded in ("gov", "sen", "rep", "lady")


# "Hired by the mayor of Sund, Roe paid" is not what Roe is: a name in apposition is closed by a mark.
_APPOSED = re.compile(r"\s*(?:[,.;:)(—–]|$|said\b|says\b)")
_NOT_IN_ROLE = frozenset("and who that in while said another other one his her their its".split())


def _definite(tokens: tuple[Token, ...], comma: int) -> str:
    """``The governor of Texas, Jo Roe,``: a role with its determiner, closed by the comma before the name."""
    k = comma - 1
    while k >= 0 and comma - k <= MAX_WORDS and tokens[k].text[0].isalnum():
        k -= 1
        if k >= 0 and tokens[k].text.lower() == "the":
            break
    if k < 0 or tokens[k].text.lower() != "the":
        return ""
    words = [t.text for t in tokens[k + 1 : comma]]
    heads = [i for i, w in enumerate(words) if is_role(w)]
    if not heads or heads[0] > 3 or any(w.lower() in _NOT_IN_ROLE for w in words):
        return ""
    if heads[-1] != len(words) - 1 and "of" not in words:
        return ""
    return " ".join(words)
