"""What the words around a name say of what it names: callings, ages, kin and verbs of saying, what it is "in"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.shapes import THINGS
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading
from bot.digesters.extractive.titles import TRADES
from bot.domain.digests import Kind

KIN = (
    "brother sister father mother son daughter husband wife widow widower uncle aunt nephew niece cousin grandfather "
    "grandmother grandson granddaughter partner fiance fiancee fiancé fiancée girlfriend boyfriend stepfather "
    "stepmother stepson stepdaughter half-brother half-sister ex-wife ex-husband twin"
).split()
_SAYING = (
    "said says say saying told tells tell added adds announced announces asked asks argued argues insisted insists "
    "warned warns claimed claims explained explains noted notes wrote writes tweeted replied replies acknowledged "
    "admitted admits declared declares stated states confirmed confirms denied denies stressed predicted recalled "
    "recalls remarked responded continued commented suggested suggests testified urged vowed pledged joked called "
    "quipped concluded believes believed thinks thought described describes observed emphasized emphasised"
).split()
AFTER = re.compile(
    r"^(?:\s*\([^)]{1,20}\))?(?:(?P<age>, \d{1,2},| \(\d{1,2}\),?|, aged? \d{1,2}\b)|(?P<who>,? who(?:se)? )|"
    r"(?P<says>,? (?:has |had |also |later |then )?(?:" + "|".join(_SAYING) + r")\b)|"
    r"(?P<kin>[’']s (?:\w+ )?(?:" + "|".join(KIN) + r")\b))"
)
_BEFORE_KIN = re.compile(
    r"\b(?:his|her|their|my|[’']s)\s+(?:[\w-]+ ){0,2}?(?:" + "|".join(KIN) + r"|friend|colleague|lawyer|boss),?\s$"
)
_BEFORE_ROLE = re.compile(r"(?:^|[\s(])(?P<role>[a-z][\w-]*),?\s$")
_OF_BODY = re.compile(
    r"\b(?:chief executive|CEO|chair(?:man|woman)?|chief economist|founder|co-founder|spokes(?:man|woman|person)|"
    r"professor|"
    r"analyst|economist|shares|unit|subsidiary|employees|vice president|managing director|executive|researcher)s? "
    r"(?:of|at|for|with|in) (?:the )?$"
)
# What stands right before a body's name says that it is one: "fashion retailer Ted Baker".
_COMPANY = (
    "retailer company firm bank airline carmaker automaker chipmaker drugmaker lender insurer brewer chain startup "
    "start-up manufacturer giant broadcaster newspaper magazine charity nonprofit non-profit tank agency operator "
    "supplier label brand conglomerate group watchdog website platform app subsidiary broker brokerage consultancy "
    "utility producer miner refiner maker tabloid daily outlet university"
).split()
_BEFORE_COMPANY = re.compile(r"(?:^|[\s-])(?P<what>" + "|".join(_COMPANY) + r")\s$|^(?P<trade>[A-Z][a-z]+)\s$")
# "producer Jo Roe" produces songs; only what bears no given name is an "oil producer".
_PEOPLE_TOO = frozenset("producer broker miner brewer operator refiner maker".split())
# What such a firm makes or deals in says that it is no one who makes films.
_WARES = re.compile(
    r"\b(?:oil|gas|energy|power|steel|coal|gold|copper|silver|diamond|metals?|food|beef|egg|milk|wine|beer|car|auto|"
    r"chip|vaccine|insurance|mortgage|online|tour|rail|bus|ferry|network|phone|mobile|largest|biggest|leading)[ -]"
    r"(?:[a-z]+ )?[a-z]+\s$"
)
_MAKES = re.compile(
    r"\b(?:film|films|movie|music|record|television|TV|theatre|theater|executive|co|hip-hop)[ -](?:maker|producer)\s$"
)
_IS_COMPANY = re.compile(
    r"^, (?:(?:which|whose) |(?:a|an|the|one of the)"
    r"(?: (?!(?:who|man|woman|head|founder|owner|behind|of)\b)[\w’'-]+){0,5}? (?P<what>" + "|".join(_COMPANY) + r")s?"
    r"(?=[,.;]| (?:that|which|based|owned|with|in|for|of)\b))"
)
# "Head of Fundamental Research at Kotak": what someone is in charge of within a body.
_CHARGE = re.compile(r"\b(?:[Hh]ead|[Dd]irector|[Cc]hief|[Mm]anager|VP|[Vv]ice [Pp]resident|[Ll]ead|EVP|SVP) of $")
_IN = re.compile(r"(?:^|\s)(?:in|In|near|throughout|outside|across)\s$")


def by_context(reading: Reading, span: Span) -> Iterable[tuple[Kind, str, float]]:
    """What one mention's surroundings say: the kind, why, and how much it weighs."""
    line = reading.lines[span.line - 1]
    before, after = line.text[max(0, span.start - 60) : span.start], line.text[span.end : span.end + 110]
    called = fold(span.title).split(" ")[-1].rstrip(".")
    if span.title:
        # "Developer Valve": a calling before a single name is half of what "Mr" is.
        yield "person", "title", 3.0 if len(span.words) > 1 or called in lexicon.titles() else 2.0
    yield from _behind(span, after[:60])
    yield from _company(span, before, after)
    yield from _ahead(span, before, after)
    if _HOUSED.match(after) and len(span.words) > 1:
        yield "person", "housed", -3.0
    if re.search(r"\b[Tt]he $", before) and len(span.words) > 1:
        yield "person", "the", -2.0
    if re.search(r"\b\d+(?:st|nd|rd|th) $", before):
        yield "person", "ordinal", -6.0
    apposed = _APPOSED.match(after)
    if apposed and 2 <= len(span.words) <= 4 and _is_role(apposed["head"]) and fold(apposed["head"]) not in _BODIES_TOO:
        yield "person", "apposed", 2.0
    if _PRODUCED.match(after) and len(span.words) > 1 and not lexicon.is_place(span.key):
        yield "place", "produced", -3.0
    if _EMPLOYED.match(after) and not span.title:
        yield "person", "employs", -3.0
    if lexicon.is_place(span.key) and span.key not in lexicon.countries() and _plays(reading, before, after):
        yield "organisation", "plays", 5.0
    yield from _acronym(span, before, after)


# "The Vera Roe star Jo Doe", "a Million Roes actor": works, bands and teams have them.
_EMPLOYED = re.compile(
    r"^ (?:host|presenter|star|stars|actor|actress|guitarist|drummer|frontman|bassist|keyboardist|striker|defender|"
    r"midfielder|goalkeeper|winger|quarterback|linebacker|shortstop|contestant|sequel|trilogy|franchise|soundtrack)\b"
)
_SPORT = frozenset(
    "match matches striker midfielder goalkeeper defender fixture squad league season penalty scored goal goals rugby "
    "football cup coach playoff touchdown quarterback innings wicket half-time injury".split()
)
_PLAYERS = re.compile(
    r"^ (?:boss|manager|striker|midfielder|defender|goalkeeper|keeper|winger|skipper|fans|full-back|fly-half|squad|"
    r"centre-back|beat|drew|thrashed|were held|clung)\b"
)
_PLAYED = re.compile(
    r"\b(?:beat|beating|facing|against|(?:side|club|rivals|champions)|v|(?:win|victory|triumph) over)\s$"
)


def _plays(reading: Reading, before: str, after: str) -> bool:
    """Whether a town's name means its team: in news of sport, where it plays others or has a striker."""
    sport = len(_SPORT & reading.lower_words) >= _OF_SPORT
    return sport and bool(_PLAYERS.match(after) or _PLAYED.search(before))


_OF_SPORT = 4
# "On the Varn Point programme": it is called after no place.
_PRODUCED = re.compile(r"^ (?:programme|program|show|series|film|movie|album|song|game|musical|sitcom)\b")


_SETTLEMENT = re.compile(
    r"\b(?:village|town|city|district|province|region|suburb|neighbou?rhood|hamlet|island|county|municipality) of $"
)
# "Walter Reed hospital" is no one.
_HOUSED = re.compile(
    r"^ (?:hospital|prison|jail|airport|stadium|university|school|church|theat(?:er|re)|station|awards?|prize|"
    r"foundation|museum|bridge|library|center|centre|building|tower)\b"
)


def _ahead(span: Span, before: str, after: str) -> Iterable[tuple[Kind, str, float]]:
    """What the words before a name say of it."""
    # "Her cousin, Varn actor Jo Roe": Varn is what he acts in.
    employs = re.match(r":? (?:[\w’'-]+ ){0,3}?(?P<role>[A-Za-z-]+) [A-Z]", after)
    if _BEFORE_KIN.search(before) and not (employs and _is_role(employs["role"])):
        yield "person", "kin", 3.0
    if _CHARGE.search(before) and re.match(r" (?:at|for|with)\b", after):
        yield "organisation", "charge", -6.0
    if span.title:
        return
    role = _BEFORE_ROLE.search(before)
    # "A controller, Chromecast Ultra and a cable" is a list; "her lawyer, Jo Roe, said" closes the name.
    team = bool(role) and fold(role["role"] if role else "") in _BODIES_TOO and span.words[-1].endswith("s")
    if _SETTLEMENT.search(before):
        yield "place", "settlement", 4.0
        yield "person", "settlement", -3.0
    if role and not team and _is_role(role["role"]) and ("," not in role[0] or after[:1] in ",.;)"):
        yield "person", "role", 2.0 if len(span.words) > 1 else 1.0
    if span.text in lexicon.abbreviated_places() and before.endswith(", ") and after[:1] == ".":
        yield "place", "state", 4.0
    if _OF_BODY.search(before):
        yield "organisation", "office", 2.0
    if _IN.search(before):
        yield "place", "in", 1.0
        if re.match(r", [A-Z]", after) and lexicon.is_place(fold(after[2:].split(",")[0].split(".")[0].strip())):
            yield "place", "in a larger place", 2.5


def _acronym(span: Span, before: str, after: str) -> Iterable[tuple[Kind, str, float]]:
    """``Port Health Office (PHO)`` is a body; ``Human Landing System (HLS)`` and ``pneumonitis, or HP`` are things."""
    if _spelled_out(before, span.text) or (span.text.isupper() and _A_THING_CALLED.search(before)):
        yield "organisation", "a thing's acronym", -6.0
    acronym = re.match(r" \(([A-Z][A-Za-z]*[A-Z])\)", after)
    thing = fold(span.words[-1]) in THINGS
    if acronym and len(span.words) > 1 and acronym[1][0] == span.words[0][0] and not thing:
        yield "organisation", "acronym", 4.0


_A_THING_CALLED = re.compile(
    r"\b(?:condition|disease|disorder|syndrome|infection|protein|gene|chemical|technique|method|process|system|spec|"
    r"standard|format|technology) (?:called|known as|named) $"
)


def _spelled_out(before: str, text: str) -> bool:
    """Whether words in lower case spell the acronym out right before it: ``hypersensitivity pneumonitis, or HP``."""
    match = re.search(r"((?:[a-z-]+ )+[a-z-]+)(?:,? (?:or|known as)|,? called|) \(?$", before)
    if match is None or not text.isupper() or len(text) < 2:
        return False
    return "".join(word[0] for word in match[1].split()[-len(text) :]).upper() == text


def _company(span: Span, before: str, after: str) -> Iterable[tuple[Kind, str, float]]:
    called = _BEFORE_COMPANY.search(before)
    if called and called["trade"] and fold(called["trade"]) not in TRADES:
        called = None
    given = lexicon.is_given(span.words[0]) and (len(span.words) > 1 or (called and called["what"] != "maker"))
    wares = len(span.words) == 1 or _WARES.search(before)
    someone = called and called["what"] in _PEOPLE_TOO and (given or not wares or _MAKES.search(before))
    if called and not someone and not span.title:
        yield "organisation", "company", 3.0
        # "retailer" is a role's word too, and a shop may bear its founder's name.
        yield "person", "company", -2.5
    match = _IS_COMPANY.match(after)
    # "Frank Roe, an executive producer of the show": so is a person.
    if match and not (given and match["what"] in _PEOPLE_TOO):
        named = "which" not in match[0] and "whose" not in match[0]
        yield "organisation", "is a company", 4.0 if named else 0.5
        yield "person", "is a company", -1.5 if named or "which" in match[0] else 0.0


def _behind(span: Span, after: str) -> Iterable[tuple[Kind, str, float]]:
    match = AFTER.match(after)
    if match is None:
        return
    if match["age"]:
        yield "person", "age", 3.0
    if match["who"]:
        yield "person", "who", 1.2
    if match["says"] and len(span.words) > 1:
        yield "person", "says", 0.6
    if match["kin"]:
        yield "person", "kin", 2.5


# Callings of companies as much as of people.
_BODIES_TOO = frozenset(
    "maker retailer publisher broadcaster producer developer manufacturer operator "
    "owner leader winner champion star provider "
    "supplier distributor contractor host head builder broker investor marketer "
    "creator founder server partner member forward".split()
)
_APPOSED = re.compile(
    r"^, (?:(?:the|a|an|one of|who is|who was) )?(?!(?:his|her|their|its|our|my) )(?:[\w’'&-]+ ){0,5}?"
    r"(?P<head>[a-z-]{4,})(?=,| of | at | for | from | in | with | who |\.)"
)


def _is_role(word: str) -> bool:
    folded = fold(word)
    return folded in lexicon.words("roles") or folded.removeprefix("ex-").removeprefix("co-") in lexicon.words("roles")
