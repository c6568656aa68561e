"""Numbers that matter, with what they count and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SCALE = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_CURRENCY = {
    "$": "USD",
    "US$": "USD",
    "£": "GBP",
    "€": "EUR",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "₹": "INR",
    "Rs": "INR",
    "¥": "JPY",
}
_MONEY_WORD = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "rupee": "INR",
    "yen": "JPY",
    "yuan": "CNY",
    "ruble": "RUB",
    "rouble": "RUB",
    "rand": "ZAR",
    "naira": "NGN",
    "peso": "peso",
    "franc": "CHF",
}
_DOLLARS = {
    "hong kong": "HKD",
    "australian": "AUD",
    "canadian": "CAD",
    "new zealand": "NZD",
    "singapore": "SGD",
    "taiwan": "TWD",
}
_WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {w: (i + 2) * 10 for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_HEDGE = (
    r"(?:\b(?:at least|at most|more than|less than|fewer than|up to|as many as|as much "
    r"as|an estimated|no more than|close to|about|nearly|around|over|under|almost|some|"
    r"approximately|roughly|only|just over|just under|just) )?"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = r"(?:thousand|million|billion|trillion|bn|tn|mn|mln|m|k|b)\b"
_UNITS = (
    r"(?:kilometers? (?:an|per) hour|kilometres? (?:an|per) hour|km/h|kilometers?|kilometres?|km|miles (?:an|per) hour|"
    r"miles?|square (?:nautical )?\w+|nautical miles|meters?|metres?|feet|acres?|hectares?|"
    r"metric tons?|tons?|tonnes?|kilograms?|kilos?|kg|pounds|"
    r"degrees?(?: (?:Celsius|Fahrenheit))?|barrels?|mph|kph|megawatts?|gigawatts?|MW|GW|liters?|litres?|"
    r"gallons?|percentage points|basis points|points)"
)
# "30-60 per cent": two numbers, neither of which is the figure.
_TO = rf"(?P<to>between (?:{_NUMBER}) and |(?:{_NUMBER})(?:\s?[-–]\s?| to ))?"
_MONEY = re.compile(
    rf"{_HEDGE}(?:(?P<c>US\$|A\$|C\$|NZ\$|HK\$|[$£€₹¥]|\bRs\.? ?)(?P<n>{_NUMBER})(?P<hi>\s?[-–]\s?[$£€]?(?:{_NUMBER}))?"
    rf"(?:[ -]?(?P<s>{_SCALES}))?|"
    rf"\b{_TO}(?P<n2>{_NUMBER})(?: (?P<s2>{_SCALES}))? (?P<a>US |U\.S\. |Hong Kong |Australian |Canadian |New Zealand |"
    r"Singapore |Taiwan |Swiss )?(?P<w>dollars?|euros?|pounds?|rupees?|yen|yuan|rubles?|roubles?|rand|naira|pesos?|"
    r"francs?)\b)(?!\d|-\d)",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_HEDGE}\b{_TO}(?P<n>(?:{_NUMBER}))(?:%| ?per ?cent(?:age points?)?\b| ?pct\b)", re.IGNORECASE)
_MEASURE = re.compile(rf"{_HEDGE}\b{_TO}(?P<n>(?:{_NUMBER}))(?: (?P<s>{_SCALES}))? (?P<u>{_UNITS})(?!\w|-)")
_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds|thousands|millions|billions|trillions|dozens|scores)(?: "
    r"of (?:thousands|millions|billions))?) of (?P<rest>people|women|men|children|"
    r"(?!thousands|millions|billions|"
    r"them\b|those|these|us\b|which|whom|our|my|his|her|its|their)(?:[a-z-]+ ){0,4}?[a-z]{3,}s\b)"
)
_COUNT = re.compile(
    rf"{_HEDGE}(?<![\d.,:/$£€#-])\b(?P<n>{_NUMBER}|{'|'.join(_WORDS)}|(?:twenty|thirty|"
    rf"forty|fifty|sixty|seventy|eighty|ninety)-\w+)(?: (?P<s>thousand|million|billion))? "
    r"(?P<what>(?:(?!of\b|and\b|or\b|to\b|in\b|on\b|at\b|the\b|a\b|years?\b|months?\b|"
    r"days?\b|weeks?\b|hours?\b|minutes?\b|seconds?\b|times?\b|people\b|others?\b|"
    r"more\b)[A-Za-z-]+ ){0,2}?(?P<head>people|women|men|children|[a-z]{3,}s)\b)(?![-’'])",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset(
    "years months days weeks hours minutes seconds times points games minutes was is has does goes ways things others "
    "others this its his decades yards its innings overs sets seasons always perhaps towards afterwards us years "
    "across yes plus less as news series yards centuries pages steps sides halves "
    "quarters thirds fifths inches runs wickets "
    "catches carries assists rebounds goals wins losses titles".split()
)
_GRAVE = re.compile(
    r"\b(?:dead|died|killed|dies|deaths?|injur\w+|wounded|arrest\w+|missing|jobs?|"
    r"displaced|evacuated|hostages?|infected|homeless|"
    r"votes|seats|troops|soldiers|charges|victims|prisoners|casualties|survivors|"
    r"protesters|refugees|migrants|detained|hospitali[sz]ed|"
    r"sentenced|jailed|fatalities|cases of)\b",
    re.IGNORECASE,
)
_MANY = 100
# A sentence so short is told whole; a clause may be as long as a cell of a table bears.
_SHORT, _LONGEST = 240, 280


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a sentence."""

    start: int
    end: int
    text: str
    value: int | float | None
    unit: str | None
    what: str


def numbers_in(text: str) -> list[Number]:
    """The figures of a sentence that say what they count, in order; never two over the same words."""
    found: list[Number] = []
    for number in (*_money(text), *_percent(text), *_vague(text), *_measures(text), *_counts(text)):
        if not any(n.start < number.end and number.start < n.end for n in found):
            found.append(number)
    return sorted(found, key=lambda n: n.start)


def _value(number: str, scale: str | None) -> int | float:
    value = float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1)
    return round(value) if abs(value - round(value)) < 1e-6 else round(value, 6)


def _what(text: str, start: int, end: int) -> str:
    """The whole sentence around a figure where it is short, else its whole clause; nothing where neither will do."""
    if _INCHES.search(text) and len(re.findall(r"[\"“”]", text)) % 2:
        return ""
    low, high = _quoted_part(text, start, end)
    sentence = _bare(text[low:high])
    if low == 0 and sentence[:1].islower() and " " in sentence:
        return ""  # a line that a page has broken in two
    if len(sentence) <= _SHORT and low == 0:
        return _told(sentence) if len(sentence.split()) > 3 else ""
    low, high = _clause(text[:high], start, end, low)
    part = _bare(text[low:high])
    stops = re.search(r"\bthat\b", text[low:start]) and not _VERB.search(text[end:high])
    if _is_clause(part) and len(part) <= _LONGEST and not _CUT_OFF.match(part) and not stops:
        return _told(part)
    return _told(sentence) if len(sentence) <= _LONGEST and _is_clause(sentence) else ""


# "11.9 percent were Greek": of whom, the part before it says; "If we cut it by 5%": the part behind it says what then.
_CUT_OFF = re.compile(rf"(?:{_NUMBER})(?:%| per ?cent| pct) (?!of\b)|(?:[Ii]f|[Ww]hen|[Ww]hile|[Uu]nless|[Oo]nce)\b")


def _bare(part: str) -> str:
    """A stretch without the marks around it; brackets go where they hold all of it."""
    part = part.strip(" ,;:—–-.")
    return part[1:].removesuffix(")").strip(" .") if part.startswith("(") and part.count("(") == 1 else part


def _told(clause: str) -> str:
    clause = re.sub(r"^(?:(?:And|But|Yet|So|and|but|or) |(?:However|Still|Separately|Meanwhile), )", "", clause)
    return clause[:1].upper() + clause[1:] if re.match(r"[a-z]+ ", clause) else clause


def _quoted_part(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the quotation of some length that holds a figure begins and ends, or the side of a mark without partner."""
    marks = [m.start() for m in re.finditer(r"[\"“”]", text)]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    for opened, closed in pairs:
        if opened < start and end <= closed and closed - opened > 40:
            return opened + 1, closed
    if len(marks) % 2:
        low = max((m + 1 for m in marks if m < start), default=0)
        return low, min((m for m in marks if m >= end), default=len(text))
    return 0, len(text)


# 34" is a length, and no one begins to speak there.
_INCHES = re.compile(r"\d[\"”]")


_DEPENDENT = re.compile(
    r"^(?:its|their|his|her|even (?:if|though|as)|while|which|who|whose|where|when|as|because|since|if|that|"
    r"though|although|with|making|than|to|for|from|at|in|on|of|"
    r"by|up|down|or|nor|including|seasoned|according|said|says|compared|held|then|thereby|but|yet|so|"
    r"(?!\b(?:during|nothing|something|everything|anything|king|spring|morning|evening|being)\b)[a-z]+ing|"
    r"(?:[a-z]+ed|committed|thought|had|has|have|was|were|is|are|will|would|can|could|may|put|run|left|sent|"
    r"went|fell|rose|"
    r"lost|won|made|took|gave|got))\b"
)


def _clause(text: str, start: int, end: int, low: int) -> tuple[int, int]:
    """Where the clause around a figure begins and ends: never within brackets, a quotation or a list."""
    spans = [m.span() for m in re.finditer(r"\([^()]*\)|[\"“][^\"“”]*[\"”]", text)]
    breaks = [
        m
        for m in re.finditer(r"[,;:](?=\s)|\s[—–-]\s|—", text)
        if m.start() >= low and not any(a < m.start() < b for a, b in spans)
    ]
    starts = [low, *(m.end() for m in breaks)]
    ends = [*(m.start() for m in breaks), len(text)]
    first = max(i for i, place in enumerate(starts) if place <= start)
    last = next(i for i, place in enumerate(ends) if place >= end)
    # What stands between commas without a verb of its own only explains what is before it.
    while first > 0 and text[starts[first] - 1] != ";" and not _is_clause(text[starts[first] : ends[first]].strip()):
        first -= 1
    while last + 1 < len(ends) and not _NEW_THOUGHT.match(text[ends[last] : ends[last] + 40]):
        last += 1
    return starts[first], ends[last]


# A clause has ended where a mark is followed by one of these; a list or a predicate goes on.
_NEW_THOUGHT = re.compile(
    r"^[;:]|^\s?[—–-]|"
    r"^, (?:and|but|yet|so|or) (?:\w+ ){1,3}(?:is|are|was|were|has|have|had|will|would|said|\w{3,}ed)\b|"
    r"^, (?:while|which|who|whose|where|when|as|with|according|because|since|after|before|although|though|said|says|"
    r"compared|down|up|including|even|not|per|from|in|on|at|for|to|by|adding|making|leaving|bringing|[a-z]+ing|"
    r"(?:he|she|they|it|[A-Z]\w+) (?:said|says|added|told|wrote))\b"
)


def _is_clause(part: str) -> bool:
    bare = re.sub(r"^(?:and|but|or) ", "", part)
    return bool(len(bare.split()) >= 4 and not _DEPENDENT.match(bare) and _VERB.search(bare))


_VERB = re.compile(
    r"(?:\b|(?=['’]))(?:was|were|is|are|has|have|had|will|would|could|can|may|said|"
    r"told|\w{3,}ed|began|won|lost|met|went|came|took|gave|made|"
    r"left|fell|rose|held|found|sent|set|put|led|beat|sold|bought|became|cost|costs|grew|paid|spent|saw|sees|gets?|got|"
    r"going|'re|’re|stands?|stood|totals?|includes?|owns?|owes?|needs?|expects?|claims?|shows?|makes?|means?)\b"
)


# "39 miles (63 kilometers)" is one figure; "from zero to 60 mph" tells of seconds.
_CONVERTED = re.compile(r"\d[\d.,]* ?(?:(?!of\b)[\w/.-]+ ){0,3}?[\w/.%-]+ \((?:about |around |roughly |or )?$")
_OR_SO = re.compile(r"\([^()]*\bor $")
_FROM_NOTHING = re.compile(r"\b(?:zero|0|nought)(?: to |\s?[-–]\s?)$", re.IGNORECASE)


def _money(text: str) -> Iterable[Number]:
    for match in _MONEY.finditer(text):
        weight = (match["w"] or "").lower() == "pounds" and not match["s2"]
        before = text[: match.start()]
        if weight or _CONVERTED.search(before) or _OR_SO.search(before):
            continue
        what = _what(text, match.start(), match.end())
        if what:
            ranged = match["hi"] or match["to"]
            value = None if ranged else _value(match["n"] or match["n2"], match["s"] or match["s2"])
            yield Number(match.start(), match.end(), match[0].strip(), value, _currency(match), what)


def _currency(match: re.Match[str]) -> str | None:
    sign = (match["c"] or "").strip().rstrip(".")
    if sign:
        return "INR" if sign == "Rs" else _CURRENCY.get(sign.upper())
    word = match["w"].lower().rstrip("s")
    return (
        _DOLLARS.get((match["a"] or "").strip().lower())
        if word == "dollar" and _foreign(match)
        else _MONEY_WORD.get(word)
    )


def _foreign(match: re.Match[str]) -> bool:
    return (match["a"] or "").strip().lower() in _DOLLARS


def _percent(text: str) -> Iterable[Number]:
    for match in _PERCENT.finditer(text):
        what = _what(text, match.start(), match.end())
        if what:
            unit = "percentage points" if "point" in match[0] else "percent"
            value = None if match["to"] else _value(match["n"], None)
            yield Number(match.start(), match.end(), match[0].strip(), value, unit, what)


def _measures(text: str) -> Iterable[Number]:
    for match in _MEASURE.finditer(text):
        before = text[: match.start()]
        if _CONVERTED.search(before) or _FROM_NOTHING.search(before):
            continue
        what = _what(text, match.start(), match.end())
        if what and match["u"] != "points":
            value = None if match["to"] else _value(match["n"], match["s"])
            below = re.search(r"\b(?:minus |[−-])$", before)
            start = below.start() if below else match.start()
            value = -value if below and value else value
            yield Number(start, match.end(), text[start : match.end()].strip(), value, match["u"], what)


def _vague(text: str) -> Iterable[Number]:
    for match in _VAGUE.finditer(text):
        noun = match["rest"].split()[-1]
        money = _MONEY_WORD.get(noun.rstrip("s"))
        dozens = match[0].lower().startswith(("dozens", "scores", "tens"))
        if noun in _NOT_COUNTED:
            continue
        if dozens and noun not in ("people", "women", "men", "children") and not _GRAVE.search(text):
            continue
        what = _what(text, match.start(), match.end())
        if what:
            yield Number(match.start(), match.end(), match[0].strip(), None, money or noun, what)


# "The LC 500 Convertible", "Windows 10 users": the number is part of a name.
_CALLED = re.compile(r"\b(?:911|999|112|000|101|111|311|411) (?:calls?|dispatch\w*|operators?|emergenc\w+)\b")
_NAMED = re.compile(r"(?<=\w )[A-Z][\w&.-]*\s$|\b[a-z]+[A-Z]\w*\s$")


def _counts(text: str) -> Iterable[Number]:
    for match in _COUNT.finditer(text):
        head = match["head"].lower()
        number = match["n"].lower()
        if head in _NOT_COUNTED or re.fullmatch(r"(?:1[5-9]|20)\d\d|0\d.*", number):
            continue
        what = _what(text, match.start(), match.end())
        counted = f"{match['what'].strip()} {text[match.end() : match.end() + 60]}"
        grave = _GRAVE.search(counted)
        worded = not number[0].isdigit()
        lower = re.search(rf"(?:\b(?:between )?(?:{_NUMBER})(?: to | and |\s?[-–]\s?))$", text[: match.start()])
        if (worded or _value(number, None) < _MANY) and not match["s"] and not grave:
            continue
        before = text[: match.start()]
        if (
            _CONVERTED.search(before)
            or re.search(r"\b(?:every|per|each|out of)\s$", before)
            or _CALLED.match(text, match.start("n"))
        ):
            continue
        if _NAMED.search(before) and not grave and head != "people":
            continue
        value = _spelled(number) if worded else _value(number, match["s"])
        if not what or value is None or (worded and value < 2):
            continue
        if worded and match["s"]:
            value = int(value * _SCALE[match["s"].lower()])
        start = lower.start() if lower else match.start()
        value = None if lower else value
        yield Number(start, match.end(), text[start : match.end()].strip(), value, match["what"].strip(), what)


def _spelled(word: str) -> int | None:
    tens, _, ones = word.partition("-")
    if not ones:
        return _WORDS.get(tens)
    return _WORDS[tens] + _WORDS[ones] if ones in _WORDS and _WORDS.get(tens, 0) >= 20 and _WORDS[ones] < 10 else None
