"""Runs of capitalised words, with the small words that belong between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.text import Line, Token

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter ramadan "
    "thanksgiving halloween jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. covid-19 covid coronavirus "
    "god internet ok tv dvd dna rna ceo cfo cto pm am gdp ufo aids hiv faq pdf diy vip ptsd adhd mr mrs ms i i'm i've "
    "i'll i'd dr gmt est edt pst bst cet utc".split()
)
_PARTICLES = frozenset("de da del della di du la le van von der den bin ibn al el dos das ter y bint ben".split())
_NOBLE = frozenset("von van der den lo".split())
_OF_HEADS = frozenset(
    "department ministry university college bank house church institute court office bureau council board center "
    "centre centers school federation association organization organisation society league union academy museum "
    "chamber commission committee authority state district city port isle gulf bay cape strait republic kingdom "
    "duchy province agency union fund confederation museum library order knights bishop archdiocese diocese lake "
    "campaign battle district national secretary minister director ministry royal states speaker duke duchess prince "
    "archbishop earl lord world federation mount sea international hall alliance coalition".split()
)
# "Attorney's Office", "Children's Hospital": bodies that bear a possessive in their names.
_OWNERS = frozenset(
    "attorney sheriff women children king queen governor mayor prosecutor coroner "
    "people veteran veterans worker workers "
    "men mother prince shepherd writers actors girls boys consumers lord".split()
)
# Bodies that are in charge of two things as often as of one: "Committee on Intelligence and Security".
_LISTED_HEADS = frozenset(
    "department ministry office committee center centre council commission institute school agency".split()
)
NICKNAME_MARKS = {"“": "”", '"': '"', "‘": "’"}


def runs_of(line: Line) -> Iterable[list[int]]:
    """Indices of capitalised tokens that belong together, with the small words between them."""
    tokens, i = line.tokens, 0
    while i < len(tokens):
        if not _can_name(tokens[i]):
            i += 1
            continue
        run = [*_leading(tokens, i), i]
        while step := _step(tokens, run):
            run.extend(step)
        yield run
        i = run[-1] + 1


def _leading(tokens: Sequence[Token], at: int) -> list[int]:
    """Particles in lower case that begin a surname standing alone: ``von der Leyen said``."""
    first = at
    while first > 0 and tokens[first - 1].text in _NOBLE:
        first -= 1
    return list(range(first, at)) if tokens[first].text not in ("der", "den") else []


def _can_name(token: Token) -> bool:
    word = token.text
    if _COMPOUND.search(word) or word == "Us":
        return False  # "US" is a country, "Us" is not
    return (token.capital or bool(_ARTICLED.match(word))) and word[0].isalpha() and fold(word) not in CALENDAR


# "Honda-powered", "state-run": what something is like, not what it is called.
_COMPOUND = re.compile(
    r"-(?:\w{2,}ed|[a-z]{3,}ing|born|led|run|style|made|era|wide|held|built|grown|sponsored|bound|like|only|heavy|rich|"
    r"related)$"
)
# "al-Sabah": an article that belongs to the name stands in lower case.
_ARTICLED = re.compile(r"(?:al|el|ad|as|ar|ash|ibn|bin|bint)-[A-Z]")


def _step(tokens: Sequence[Token], run: list[int]) -> list[int]:
    """The next tokens that continue the run; empty where it ends."""
    at, last = run[-1] + 1, tokens[run[-1]]
    if at >= len(tokens) or last.text.endswith((",", ":")):
        return []
    token = tokens[at]
    if _can_name(token):
        return [at] if token.start - last.end <= 1 else []
    if token.text in ("'s", "’s", "’", "'") and at + 1 < len(tokens) and _owns(last, token):
        heads = lexicon.words("org-heads") | lexicon.words("place-heads")
        for following in tokens[at + 1 : at + 4]:
            if not following.capital:
                break
            if fold(following.text) in heads:
                return _if_name(tokens, [at])
    if len(run) == 1 and token.text in NICKNAME_MARKS and lexicon.is_given(last.text):
        return _nickname(tokens, at)
    return _small_word(tokens, run, token, at)


def _small_word(tokens: Sequence[Token], run: list[int], token: Token, at: int) -> list[int]:
    """What a preposition, an "and" or a particle leads on to."""
    heads = {fold(tokens[k].text).rstrip("s") for k in run} | {fold(tokens[k].text) for k in run}
    if token.text in ("of", "for", "on") and heads & _OF_HEADS:
        skip = 1 if at + 1 < len(tokens) and tokens[at + 1].text == "the" else 0
        return _if_name(tokens, [*range(at, at + 1 + skip)])
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if token.text == "&" or (
        token.text == "and"
        and not lexicon.is_given(following)
        and heads & _LISTED_HEADS
        and {"of", "on", "for"} & {tokens[k].text for k in run}
    ):
        return _if_name(tokens, [at])
    if token.text == "and" and _known_pair(tokens, run):
        return _if_name(tokens, [at])
    if token.text == "," and heads & {"department", "ministry"} and "of" in {tokens[k].text for k in run}:
        return _enumerated(tokens, at)
    if token.text.lower() in _PARTICLES and token.text.islower() and tokens[run[-1]].text.isalpha():
        more = [at]
        while more[-1] + 1 < len(tokens) and tokens[more[-1] + 1].text in _PARTICLES:
            more.append(more[-1] + 1)
        return _if_name(tokens, more)
    return []


def _enumerated(tokens: Sequence[Token], at: int) -> list[int]:
    """The rest of ``Ministry of Trade, Industry and Energy``, from its first comma."""
    i = at
    while i + 1 < len(tokens) and tokens[i].text == "," and tokens[i + 1].capital:
        i += 2
    ends = i > at and i + 1 < len(tokens) and tokens[i].text in ("and", "&")
    return _if_name(tokens, list(range(at, i + 1))) if ends else []


def _nickname(tokens: Sequence[Token], at: int) -> list[int]:
    """``“The Rock” Johnson`` behind a given name: a nickname in quotation marks is part of the name."""
    for end in range(at + 2, min(at + 5, len(tokens) - 1)):
        if tokens[end].text == NICKNAME_MARKS[tokens[at].text]:
            return _if_name(tokens, list(range(at, end + 1)))
    return []


def _known_pair(tokens: Sequence[Token], run: list[int]) -> bool:
    """Whether the words around an "and" are a body's or country's one name: ``Food and Drug Administration``."""
    for start in run:
        for end in range(run[-1] + 3, min(run[-1] + 8, len(tokens) + 1)):
            name = fold(" ".join(t.text for t in tokens[start:end]))
            if name in lexicon.names("organisations") or name in lexicon.countries():
                return True
    return False


def _owns(last: Token, mark: Token) -> bool:
    """Whether a possessive may stand within a body's name: ``Attorney's Office``, ``Fishers' Union``."""
    return fold(last.text) in _OWNERS or (mark.text in "'’" and last.text.endswith("s") and mark.start == last.end)


def _if_name(tokens: Sequence[Token], between: list[int]) -> list[int]:
    at = between[-1] + 1
    return [*between, at] if at < len(tokens) and _can_name(tokens[at]) else []
