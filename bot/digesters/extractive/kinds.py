"""What a name names: a person, an organisation, a place, an event, or nothing we dare to say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading
from bot.domain.digests import Kind

# Below this the evidence is a guess, and silence is better.
ENOUGH = 2.0

Votes = Mapping[tuple[int, int], tuple[Kind, int]]
"""What a tagger says: for a line and the first character of a name there, its kind and the name's end."""

_PRIZES = frozenset("award prize medal trophy".split())
_EVENT_HEADS = frozenset(
    "cup bowl games olympics championship championships war festival awards grand-prix marathon prix oscars "
    "olympic paralympics tournament".split()
)
# "Olympic Games" are held, "Rocksteady Games" makes them.
_CONTESTS = frozenset("olympic paralympic commonwealth asian european american pan winter summer world".split())
# Heads of places and bodies that are surnames as often: "Darren Woods", "Benny Hill".
_SURNAMES_TOO = frozenset(
    "woods fields hill lake brooks rivers wells banks forest ford castle bridge bridges lane park point pond mills "
    "grove glen heath marsh meadows cove street church bishop field fort garden bank post journal press guard mission "
    "gore day forge towers moor dale plain rock stone ridge banks".split()
)
KIN = (
    "brother sister father mother son daughter husband wife widow widower uncle aunt nephew niece cousin grandfather "
    "grandmother grandson granddaughter partner fiance fiancee fiancé fiancée girlfriend boyfriend stepfather "
    "stepmother stepson stepdaughter half-brother half-sister ex-wife ex-husband twin"
).split()
SAYING = (
    "said says say saying told tells tell added adds announced announces asked asks argued argues insisted insists "
    "warned warns claimed claims explained explains noted notes wrote writes tweeted replied replies acknowledged "
    "admitted admits declared declares stated states confirmed confirms denied denies stressed predicted recalled "
    "recalls remarked responded continued commented suggested suggests testified urged vowed pledged joked called "
    "quipped concluded believes believed thinks thought described describes observed emphasized emphasised"
).split()
_AFTER = re.compile(
    r"^(?:\s*\([^)]{1,20}\))?(?:(?P<age>, \d{1,2},| \(\d{1,2}\),?|, aged? \d{1,2}\b)|(?P<who>,? who(?:se)? )|"
    r"(?P<says>,? (?:has |had |also |later |then )?(?:" + "|".join(SAYING) + r")\b)|"
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
_BEFORE_COMPANY = re.compile(r"(?:^|[\s-])(?P<what>" + "|".join(_COMPANY) + r")\s$")
# "producer Jo Roe" produces songs; only what bears no given name is an "oil producer".
_PEOPLE_TOO = frozenset("producer broker miner brewer operator refiner".split())
_IS_COMPANY = re.compile(
    r"^, (?:(?:which|whose) |(?:a|an|the|one of the)(?: (?!who\b)[\w’'-]+){0,5}? (?:" + "|".join(_COMPANY) + r")s?"
    r"(?=[,.;]| (?:that|which|based|owned|with|in|for|of)\b))"
)
# "Head of Fundamental Research at Kotak": what someone is in charge of within a body.
_CHARGE = re.compile(r"\b(?:[Hh]ead|[Dd]irector|[Cc]hief|[Mm]anager|VP|[Vv]ice [Pp]resident|[Ll]ead|EVP|SVP) of $")
# An acronym in parentheses names a body only where its last word is not a thing's.
_THINGS = frozenset(
    "system systems stage rover program programme act treaty agreement telescope vehicle rocket satellite project plan "
    "index survey test disease syndrome disorder virus law scheme reactor engine aircraft network protocol deal "
    "framework standard platform".split()
)
_IN = re.compile(r"(?:^|\s)(?:in|In|near|throughout|outside|across)\s$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind that the evidence speaks for, and how strongly."""

    kind: Kind
    weight: float


def verdicts(reading: Reading, spans: Iterable[Span], votes: Votes) -> dict[str, Verdict]:
    """The kind of each name, by its folded spelling; names without enough evidence are absent."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    singles = Counter({key: _spoken_of(reading, group) for key, group in groups.items() if " " not in key})
    firms = {stem for key in groups if (stem := firm_stem(key))}
    found = {key: _verdict(reading, key in firms, group, singles, votes) for key, group in groups.items()}
    return {key: verdict for key, verdict in found.items() if verdict}


_FIRM_ENDS = frozenset(
    "inc corp corporation ltd limited plc llc llp ag sa se nv ab asa spa gmbh tbk bhd pbc co company group holdings "
    "airlines airways fc afc cf f.c media news university pharmaceuticals motors technologies foundation".split()
)


def firm_stem(key: str) -> str:
    """A firm's or school's folded name without what only says that it is one; empty where nothing does or is left."""
    words = key.split()
    cut = len(words)
    while cut > 1 and words[cut - 1].rstrip(".,") in _FIRM_ENDS:
        cut -= 1
    stem = " ".join(words[:cut])
    return "" if cut == len(words) or lexicon.is_place(stem) or stem in lexicon.words("common") else stem


def _verdict(reading: Reading, firm: bool, group: list[Span], singles: Counter[str], votes: Votes) -> Verdict | None:
    scores: dict[Kind, float] = defaultdict(float)
    if firm:
        scores["organisation"] += 3.0
    for add in (_by_lists, _by_shape, _by_capitals, _by_surname):
        for kind, weight in add(group[0], singles):
            scores[kind] += weight
    context: dict[tuple[Kind, str], float] = {}
    for span in group:
        for kind, why, weight in _by_context(reading, span):
            # The same reason twice adds little; different reasons add up.
            context[kind, why] = context.get((kind, why), 0) + (weight if (kind, why) not in context else 0.5)
    for (kind, _), weight in context.items():
        scores[kind] += weight
    for kind, weight in _by_tagger(reading, group, votes):
        scores[kind] += weight
    if not scores:
        return None
    best = max(scores, key=lambda k: scores[k])
    if (best != "person" or len(group) == 1) and all(_titled(reading, span) for span in group):
        return None
    rest = sorted((v for k, v in scores.items() if k != best), reverse=True)
    margin = scores[best] - (rest[0] if rest else 0)
    return Verdict(best, scores[best]) if scores[best] >= ENOUGH and margin >= 0.5 else None


_WORK = re.compile(
    r"\b(?:albums?|films?|movies?|songs?|singles?|novels?|books?|memoirs?|series|musicals?|EPs?|LPs?|sitcoms?|tracks?|"
    r"ballads?|documentary|documentaries|episodes?|video games?)(?: (?:titled|called|named))?[:,]? [\"“‘']?$|"
    r"\b(?:19|20)\d\d[’']s $"
)


def _titled(reading: Reading, span: Span) -> bool:
    """Whether a name stands as a work's title: alone between quotation marks, or behind what kind of work it is."""
    text = reading.lines[span.line - 1].text
    before, after = text[: span.start], text[span.end :]
    alone = before[-1:] in tuple("\"“‘'") and re.match(r"[,.]?[\"”’'](?![a-z])", after)
    return bool(alone or _WORK.search(before))


Evidence = Iterable[tuple[Kind, float]]


def _by_lists(span: Span, _: Counter[str]) -> Evidence:
    key = span.key.removeprefix("the ")
    cited = len(span.words) > 1 and len(span.words[-1]) <= 2 and span.words[-1].isupper()
    if cited or any(c.isdigit() for c in key) or fold(span.words[-1]) in _PRIZES:
        yield "person", -5.0
    if lexicon.is_place(key):
        yield "place", 4.0
    if key in lexicon.names("organisations") and (span.text.isupper() or key not in lexicon.acronyms()):
        yield "organisation", 4.5
    last = fold(span.words[-1]).rstrip(".")
    first = fold(span.words[0])
    if first == "the" and len(span.words) == 2 and last in lexicon.words("org-heads") | lexicon.words("place-heads"):
        # "The Road", "The Company": a head alone names nothing.
        return
    firm = last == "games" and not _CONTESTS & {fold(word) for word in span.words}
    if last in _EVENT_HEADS and len(span.words) > 1 and not firm:
        yield "event", 5.0
    elif last in lexicon.words("org-heads") and len(span.words) > 1:
        yield "organisation", 3.5
    elif last in lexicon.words("place-heads") and len(span.words) > 1:
        yield "place", 1.5 if last in _SURNAMES_TOO and lexicon.is_given(first) else 3.5
    if _headed_body(span.words):
        yield "organisation", 4.0
    if first in ("lake", "mount", "port", "fort", "cape", "isle") and len(span.words) > 1:
        yield "place", 3.5


def _headed_body(words: tuple[str, ...]) -> bool:
    """Whether the word before a name's preposition is a body's: ``Joint Committee on Intelligence``."""
    at = next((i for i, word in enumerate(words[1:-1], 1) if word in ("of", "on", "for")), 0)
    head = fold(words[at - 1]).rstrip("s") if at else ""
    return head in lexicon.words("org-heads") | {"center", "universit"}


def _by_shape(span: Span, _: Counter[str]) -> Evidence:
    words = span.words
    last = fold(words[-1]).rstrip(".")
    bodily = last in lexicon.words("org-heads") or last in lexicon.words("place-heads") or last in _EVENT_HEADS
    surname = last in _SURNAMES_TOO and len(words) < 4 and lexicon.is_given(words[0])
    bodily = bodily and not surname
    if 2 <= len(words) <= 4 and not bodily and "of" not in words and "for" not in words:
        if len(words) < 4 and fold(words[0]) in lexicon.words("family-names-first") and not words[-1].isupper():
            yield "person", 2.0
        elif lexicon.is_given(words[0]) and not words[-1].isupper():
            yield "person", 1.5 if surname or lexicon.is_place(fold(words[0])) else 2.5
        if any(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", w) for w in words[:-1]) and words[0] not in ("U.S.", "U.K."):
            yield "person", 1.5
    if bodily and len(words) > 1:
        yield "person", -2.5
    parties = lexicon.is_place(fold(words[0])) or not lexicon.is_given(words[0])
    if len(words) > 1 and parties and last in lexicon.names("organisations"):
        yield "person", -2.5
    if len(words) > 1 and not lexicon.is_given(words[0]) and _holds_place(words):
        yield "person", -3.0
    if "Inc." in words or "Corp." in words:
        yield "organisation", 3.0
    elif "&" in words:
        # "War & Peace", "Plug & Charge": no firm without another sign of one.
        yield "organisation", 1.5


def _by_capitals(span: Span, _: Counter[str]) -> Evidence:
    if len(span.words) == 1 and span.text.isupper() and len(span.text) < 6 and not lexicon.is_place(span.key):
        yield "place", -3.0  # an acronym is a body's, be one "in" it or not


def _spoken_of(reading: Reading, group: list[Span]) -> int:
    """How much a single name is spoken of as people are: 1 where it stands alone, more where it speaks or owns kin."""
    telling = sum(1 for s in group if s.title or ((m := _AFTER.match(_after(reading, s))) and (m["says"] or m["kin"])))
    return 1 + telling


def _after(reading: Reading, span: Span) -> str:
    return reading.lines[span.line - 1].text[span.end : span.end + 60]


def _holds_place(words: tuple[str, ...]) -> bool:
    return any(lexicon.is_place(fold(" ".join(words[i:]))) for i in range(1, len(words)))


def _by_surname(span: Span, singles: Counter[str]) -> Evidence:
    last = fold(span.words[-1])
    if 2 <= len(span.words) <= 4 and last in singles and not lexicon.is_place(last):
        known = last in lexicon.words("org-heads") or last in lexicon.names("organisations")
        # A name of which the article says that it spoke is someone's, and surely one that speaks again and again.
        yield "person", 0.0 if known else 0.8 if singles[last] < 2 else 1.8 if singles[last] < 4 else 2.4


def _by_context(reading: Reading, span: Span) -> Iterable[tuple[Kind, str, float]]:
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
    yield from _acronym(span, before, after)


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
    if _BEFORE_KIN.search(before):
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
    thing = fold(span.words[-1]) in _THINGS
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
    if called and not (called["what"] in _PEOPLE_TOO and lexicon.is_given(span.words[0])) and not span.title:
        yield "organisation", "company", 3.0
        # "retailer" is a role's word too, and a shop may bear its founder's name.
        yield "person", "company", -2.5
    match = _IS_COMPANY.match(after)
    if match:
        named = "which" not in match[0] and "whose" not in match[0]
        yield "organisation", "is a company", 4.0 if named else 0.5
        yield "person", "is a company", -1.5 if named or "which" in match[0] else 0.0


def _behind(span: Span, after: str) -> Iterable[tuple[Kind, str, float]]:
    match = _AFTER.match(after)
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
    r"^, (?:(?:the|a|an|one of|who is|who was) )?(?:[\w’'&-]+ ){0,5}?(?P<head>[a-z-]{4,})(?=,|"
    r" of | at | for | with | who |\.)"
)


def _is_role(word: str) -> bool:
    folded = fold(word)
    return folded in lexicon.words("roles") or folded.removeprefix("ex-").removeprefix("co-") in lexicon.words("roles")


def _by_tagger(reading: Reading, group: list[Span], votes: Votes) -> Evidence:
    """The tagger's votes: enough by themselves for a name of several words, not for one word or an acronym.

    It takes products, parts and units for bodies, and capitalised common words for people.
    """
    counts: dict[Kind, int] = defaultdict(int)
    for span in group:
        vote = votes.get((span.line, span.start))
        if vote:
            counts[vote[0]] += 1
    total = sum(counts.values())
    words = group[0].words
    for kind, count in counts.items():
        alone = len(words) == 1 and kind != "person"
        thing = kind != "person" and (
            fold(words[-1]) in _THINGS | _PRIZES or any(c.isdigit() for w in words for c in w)
        )
        common = kind == "person" and all(w.lower() in reading.lower_words or not w.isalpha() for w in words)
        firm = kind == "person" and fold(words[0]) in lexicon.names("organisations")
        yield kind, (1.7 if alone or thing or common or firm else 2.2) * count / total
