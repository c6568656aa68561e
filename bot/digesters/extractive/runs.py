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
_NOBLE = frozenset("von van der den lo de di".split())
OF_HEADS = frozenset(
    "department ministry university college bank house church institute court office bureau council board center "
    "centre centers school federation association organization organisation society league union academy museum "
    "chamber commission committee authority state district city port isle gulf bay cape strait republic kingdom "
    "duchy province agency union fund confederation museum library order knights bishop archdiocese diocese lake "
    "campaign battle district national secretary minister director ministry royal states speaker duke duchess prince "
    "archbishop earl lord world federation mount sea international hall alliance coalition project panel community "
    "group conference summit partnership journal corp chiefs times observatory corporation foundation trust "
    "initiative network movement front party".split()
)
# What a body is for stands in its name; a place, a lord or a House is not for anything.
FOLLOWERS = frozenset("americans citizens californians texans women mothers moms doctors physicians veterans".split())
_FOR_HEADS = FOLLOWERS | OF_HEADS - frozenset(
    "house state states city port isle gulf bay cape strait republic kingdom duchy province lake mount sea hall "
    "chiefs times knights bishop archbishop duke duchess prince earl lord royal world national international battle "
    "director speaker".split()
)
# Such bodies deliberate "on" something.
ON_HEADS = frozenset(
    "committee commission council panel project group center centre institute office conference federation coalition "
    "campaign party department board summit".split()
)
# What bodies are in charge of: "Parks and Wildlife Department" is one body, "Roe and Wildlife Department" are two.
CHARGES = frozenset(
    "aerospace affairs agricultural agriculture archives arms art arts banking business charities children climate "
    "college commerce commercial communications community conservation control county culture customs defence "
    "defense development drug drugs economic economy education employment energy engineering environment "
    "environmental ethics family film finance financial fish fisheries food foreign forestry further geography "
    "health heritage highways history housing humanities immigration industry information intelligence investment "
    "justice labor labour land language law local marine markets media medical medicine mental music natural "
    "oceanic oceans opportunity oversight parks peace pensions planning police policy privacy public radio "
    "recreation reform regional research resources revenue rural safety science sciences scientific securities "
    "security signal skills small social speech sport sports state technology telecommunications television tourism "
    "trade training transport transportation travel treatment urban vision water weights welfare wildlife women "
    "work youth".split()
)
# "Attorney's Office", "Children's Hospital": bodies that bear a possessive in their names.
_OWNERS = frozenset(
    "attorney sheriff women children king queen governor mayor prosecutor coroner "
    "people veteran veterans worker workers "
    "men mother prince shepherd writers actors girls boys consumers lord".split()
)
# Bodies that are in charge of two things as often as of one: "Committee on Intelligence and Security".
_LISTED_HEADS = frozenset(
    "department ministry office committee center centre council commission institute school agency academy bureau "
    "federation college society board authority minister".split()
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
    return (token.capital or bool(ARTICLED.match(word))) and word[0].isalpha() and fold(word) not in CALENDAR


# "Honda-powered", "state-run": what something is like, not what it is called.
_COMPOUND = re.compile(
    r"-(?:\w{2,}ed|[a-z]{3,}ing|born|led|run|style|made|era|wide|held|built|grown|sponsored|bound|like|only|heavy|rich|"
    r"related)$"
)
# "al-Sabah": an article that belongs to the name stands in lower case.
ARTICLED = re.compile(r"(?:al|el|ad|as|ar|ash|ibn|bin|bint)-[A-Z]")


def _step(tokens: Sequence[Token], run: list[int]) -> list[int]:
    """The next tokens that continue the run; empty where it ends."""
    at, last = run[-1] + 1, tokens[run[-1]]
    if at >= len(tokens) or last.text.endswith((",", ":")):
        return []
    token = tokens[at]
    if _can_name(token):
        return [at] if token.start - last.end <= 1 and not _complete(tokens, run) else []
    if token.text in ("'s", "’s", "’", "'") and _owns(tokens, run, token) and _owned(tokens[at + 1 : at + 4]):
        return _if_name(tokens, [at])
    if fold(token.text) in _IN_NAMES and _owned(tokens[at + 1 : at + 4]):
        return [at]
    if last.text == "War" and len(run) > 1 and tokens[run[-2]].text == "World" and token.text in ("I", "One"):
        return [at]
    if len(run) == 1 and token.text in NICKNAME_MARKS and lexicon.is_given(last.text):
        return _nickname(tokens, at)
    return _small_word(tokens, run, token, at)


# Behind these a name is whole: "Ana Roe Jr. Unlike her", "Varn Inc. Chief Executive", "Sund Corp. SUND".
_GENERATIONS = frozenset(("Jr.", "Sr.", "Jr", "Sr"))
#: How a firm's name ends.
FIRM_ENDS = frozenset("Inc. Inc Corp. Corp Ltd. Ltd LLC PLC plc Co.".split())


def _complete(tokens: Sequence[Token], run: list[int]) -> bool:
    """Whether a run has come to a name's last word, be there another capital behind it."""
    last, behind = tokens[run[-1]].text, run[-1] + 1
    if len(run) == 1 or last not in _GENERATIONS | FIRM_ENDS:
        return False
    if last in FIRM_ENDS:
        return tokens[behind].text not in FIRM_ENDS
    # "Ana Roe Jr. High School" is called after her.
    return not _owned(tokens[behind : behind + 3])


# No names themselves, but words of names: "Sund Internet Institute".
_IN_NAMES = frozenset("internet aids hiv tv covid coronavirus thanksgiving christmas easter".split())
_LEADING_ON = {"of": OF_HEADS, "for": _FOR_HEADS, "on": ON_HEADS}


def _small_word(tokens: Sequence[Token], run: list[int], token: Token, at: int) -> list[int]:
    """What a preposition, an "and" or a particle leads on to."""
    # Behind a given name stands a person's surname, and no more of the body before it.
    person = max((k for k in run if lexicon.is_given(tokens[k].text) and tokens[k - 1].text != "of"), default=run[0])
    words = [fold(tokens[k].text) for k in run if k >= person]
    heads = {word.rstrip("s") for word in words} | set(words)
    if heads & _LEADING_ON.get(token.text, frozenset()) and not _lies_on(tokens, at):
        skip = 1 if at + 1 < len(tokens) and tokens[at + 1].text in ("the", "an") else 0
        return _if_name(tokens, [*range(at, at + 1 + skip)])
    charged = bool(heads & _LISTED_HEADS and _LEADING_ON.keys() & {tokens[k].text for k in run})
    # "Senate Health, Labor and Pensions Committee": a house's committees are named by lists too.
    housed = tokens[run[0]].text in ("House", "Senate") and fold(tokens[run[-1]].text) in CHARGES
    if token.text == "&" or (token.text == "and" and _goes_on(tokens, run, at, charged=charged)):
        skip = 1 if charged and at + 1 < len(tokens) and tokens[at + 1].text == "the" else 0
        return _if_name(tokens, [*range(at, at + 1 + skip)])
    if token.text == "," and (charged or housed):
        found = _enumerated(tokens, at, free=bool(heads & {"department", "ministry", "bureau"}))
        return found if charged or (found and _owned(tokens[found[-1] : found[-1] + 2])) else []
    if token.text.lower() in _PARTICLES and token.text.islower() and tokens[run[-1]].text.isalpha():
        more = [at]
        while more[-1] + 1 < len(tokens) and tokens[more[-1] + 1].text in _PARTICLES:
            more.append(more[-1] + 1)
        return _if_name(tokens, more)
    return []


def _lies_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an "on" leads to where a body sits, not to what it deliberates: ``the Committee on Capitol Hill``."""
    behind = [t.text for t in tokens[at + 1 : at + 3]]
    return tokens[at].text == "on" and any(lexicon.is_place(fold(" ".join(behind[:n]))) for n in (1, 2))


def _goes_on(tokens: Sequence[Token], run: list[int], at: int, *, charged: bool) -> bool:
    """Whether a body's name goes on behind an "and"; ``charged``: it has begun to say what the body is in charge of."""
    if _known_pair(tokens, run):
        return True
    behind = at + 1
    if charged and behind < len(tokens) and tokens[behind].text == "the":
        behind += 1
    end = behind
    while end < len(tokens) and (tokens[end].capital or tokens[end].text in ("'", "’")):
        end += 1
    words = [fold(t.text) for t in tokens[behind:end] if t.text[0].isalnum()]
    if not words or lexicon.is_given(tokens[behind].text):
        return False
    known = any(lexicon.is_place(" ".join(words[:n])) or _is_body(words[:n]) for n in range(1, len(words) + 1))
    if charged:
        # "Department of Health and State University of Sund" are two.
        return not known and not (len(words) > 1 and end < len(tokens) and tokens[end].text == "of")
    if _initials(tokens, run, behind, end):
        return True
    headed = any(word in lexicon.words("org-heads") for word in words[1:])
    # "Sund College and Sund Law School" are two.
    again = words[0] in {fold(tokens[k].text) for k in run}
    return headed and not known and not again and fold(tokens[run[-1]].text) in CHARGES


def _is_body(words: Sequence[str]) -> bool:
    return " ".join(words) in lexicon.names("organisations")


def _initials(tokens: Sequence[Token], run: list[int], behind: int, end: int) -> bool:
    """Whether the acronym in parentheses behind two names is one of both: ``Sund Oil and Natural Gas (SONG)``."""
    if end + 1 >= len(tokens) or tokens[end].text != "(" or end == behind:
        return False
    letters = "".join(t.text[0] for t in [*(tokens[k] for k in run), *tokens[behind:end]] if t.capital)
    return len(letters) > 2 and tokens[end + 1].text == letters


def _enumerated(tokens: Sequence[Token], at: int, *, free: bool) -> list[int]:
    """The rest of ``Ministry of Trade, Industry and Energy``, from its first comma.

    A ministry is in charge of anything (``free``); what follows others may be the next of a list of bodies.
    """
    i = at
    while i + 1 < len(tokens) and tokens[i].text == "," and tokens[i + 1].capital:
        charge = fold(tokens[i + 1].text)
        i += 2
        if not free and charge not in CHARGES:
            return []
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


def _owns(tokens: Sequence[Token], run: list[int], mark: Token) -> bool:
    """Whether a possessive may stand within a name: ``Attorney's Office``, ``Fishers' Union``, ``St Ana's Hall``."""
    last = tokens[run[-1]]
    if fold(last.text) in _OWNERS or (len(run) > 1 and tokens[run[-2]].text in ("St", "St.")):
        return True
    return mark.text in "'’" and last.text.endswith("s") and mark.start == last.end


# "Democrats' House majority" is no house of theirs.
_NOT_OWNED = frozenset("commons house rock senate congress parliament".split())


def _owned(behind: Sequence[Token]) -> bool:
    """Whether what follows a possessive is headed as a body or place is, and is no one's name."""
    heads = (lexicon.words("org-heads") | lexicon.words("place-heads") | {"awards"}) - _NOT_OWNED
    for i, token in enumerate(behind):
        if not token.capital or (i == 0 and lexicon.is_given(token.text)):
            return False
        if fold(token.text) in heads:
            return True
    return False


def _if_name(tokens: Sequence[Token], between: list[int]) -> list[int]:
    at = between[-1] + 1
    return [*between, at] if at < len(tokens) and _can_name(tokens[at]) else []
