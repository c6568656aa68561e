"""Numbers that matter, with what they count and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.digesters.extractive.clauses import NUMBER, clause_around

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
_SCALES = r"(?:thousand|million|billion|trillion|bn|tn|mn|mln|m|k|b)\b"
_UNITS = (
    r"(?:kilometers? (?:an|per) hour|kilometres? (?:an|per) hour|km/h|kilometers?|kilometres?|km|miles (?:an|per) hour|"
    r"miles?|square (?:nautical )?\w+|nautical miles|meters?|metres?|feet|acres?|hectares?|"
    r"metric tons?|tons?|tonnes?|kilograms?|kilos?|kg|pounds|"
    r"degrees?(?: (?:Celsius|Fahrenheit))?|barrels?|mph|kph|megawatts?|gigawatts?|MW|GW|liters?|litres?|"
    r"gallons?|percentage points|basis points|points)"
)
# "30-60 per cent": two numbers, neither of which is the figure.
_TO = rf"(?P<to>between (?:{NUMBER})%? (?:and|to) |(?!(?:19|20)\d\d\b)(?:{NUMBER})(?:\s?[-–]\s?| to | or ))?"
_MONEY = re.compile(
    rf"{_HEDGE}(?:(?P<c>US\$|A\$|C\$|NZ\$|HK\$|[$£€₹¥]|\bRs\.? ?)(?P<n>{NUMBER})(?P<hi>\s?[-–]\s?[$£€]?(?:{NUMBER}))?"
    rf"(?:[ -]?(?P<s>{_SCALES}))?|"
    rf"\b{_TO}(?P<n2>{NUMBER})(?: (?P<s2>{_SCALES}))? (?P<a>US |U\.S\. |Hong Kong |Australian |Canadian |New Zealand |"
    r"Singapore |Taiwan |Swiss )?(?P<w>dollars?|euros?|pounds?|rupees?|yen|yuan|rubles?|roubles?|rand|naira|pesos?|"
    r"francs?)\b)(?!\d|-\d)",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_HEDGE}\b{_TO}(?P<n>(?:{NUMBER}))(?:%| ?per ?cent(?:age points?)?\b| ?pct\b)", re.IGNORECASE)
_MEASURE = re.compile(rf"{_HEDGE}\b{_TO}(?P<n>(?:{NUMBER}))(?: (?P<s>{_SCALES}))? (?P<u>{_UNITS})(?!\w|-)")
_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds|thousands|millions|billions|trillions|dozens|scores)(?: "
    r"of (?:thousands|millions|billions))?) of (?P<rest>people|women|men|children|"
    r"(?!thousands|millions|billions|"
    r"them\b|those|these|us\b|which|whom|our|my|his|her|its|their)(?:[a-z-]+ ){0,4}?[a-z]{3,}s\b)"
)
_COUNT = re.compile(
    rf"{_HEDGE}(?<![\d.,:/$£€#-])\b(?P<n>{NUMBER}|{'|'.join(_WORDS)}|(?:twenty|thirty|"
    rf"forty|fifty|sixty|seventy|eighty|ninety)-\w+)(?: (?P<s>thousand|million|billion))? "
    r"(?P<what>(?:(?!of\b|and\b|or\b|to\b|in\b|on\b|at\b|the\b|a\b|years?\b|months?\b|"
    r"days?\b|weeks?\b|hours?\b|minutes?\b|seconds?\b|times?\b|people\b|others?\b|"
    r"more\b)[A-Za-z-]+ ){0,2}?(?P<head>people|women|men|children|[a-z]{3,}(?<![usi])s)\b)(?![-’'])",
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
        if _QUOTED_RATE.search(text[: number.start]):
            continue
        if not any(n.start < number.end and number.start < n.end for n in found):
            come_to = number.text.lower().startswith("up to ") and _MOVED.search(text[: number.start])
            found.append(replace(number, start=number.start + 6, text=number.text[6:]) if come_to else number)
    return sorted(found, key=lambda n: n.start)


# "Edged up to 5 percent" has come to it.
_MOVED = re.compile(r"\b(?:edged|ticked|went|moved|shot|crept|inched|jumped|climbed|rose|came|bumped|pushed|drove) $")
# ".9 percent" is no 9 percent; "SUND, +0.5% rose" tells of a share as a page's ticker does.
_QUOTED_RATE = re.compile(r"(?<![\w)])\.$|\b[A-Z][A-Z\d.]+,? [+−-]$")


def _value(number: str, scale: str | None) -> int | float:
    value = float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1)
    return round(value) if abs(value - round(value)) < 1e-6 else round(value, 6)


# Pounds in millions are money where something is paid, and fish where it is landed.
_PAID = re.compile(
    r"£|\b(?:cost\w*|pa(?:y|id|ys|ying)|worth|sp(?:end\w*|ent)|s(?:old|ell\w*)|bought|buy\w*|pric\w+|budget|fund\w*|tax\w*|"
    r"bill|deal|rais\w+|invest\w*|debts?|profits?|loss\w*|revenues?|sales|earn\w*|fee|fees|fine[ds]?|grant\w*|loan\w*|"
    r"salar\w+|wages?|valued|savings?|sterling|compensation|damages|shares?)\b"
)
# "39 miles (63 kilometers)" is one figure; "from zero to 60 mph" tells of seconds.
_CONVERTED = re.compile(r"\d[\d.,]* ?(?:(?!of\b)[\w/.-]+ ){0,3}?[\w/.%-]+ \((?:about |around |roughly |or )?$")
_OR_SO = re.compile(r"\([^()]*\bor $")
_FROM_NOTHING = re.compile(r"\b(?:zero|0|nought)(?: to |\s?[-–]\s?)$", re.IGNORECASE)


def _money(text: str) -> Iterable[Number]:
    for match in _MONEY.finditer(text):
        pounds = (match["w"] or "").lower() == "pounds"
        weight = pounds and not (match["s2"] and _PAID.search(text) and not text[match.end() :].startswith(" of "))
        before = text[: match.start()]
        if weight or _CONVERTED.search(before) or _OR_SO.search(before):
            continue
        what = clause_around(text, match.start(), match.end())
        if what:
            ranged = match["hi"] or match["to"]
            value = None if ranged else _value(match["n"] or match["n2"], match["s"] or match["s2"])
            yield Number(match.start(), match.end(), match[0].strip(), value, _currency(match), what)


def _currency(match: re.Match[str]) -> str | None:
    sign = (match["c"] or "").strip().rstrip(".")
    after = re.match(r" (Australian|Canadian|Hong Kong|New Zealand|Singapore)\b", match.string[match.end() :])
    if sign == "$" and after:
        return _DOLLARS[after[1].lower()]
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
        if match["to"] and _DATED.search(text[: match.start("to")]):
            continue  # "until Feb. 18 or 12 percent"
        what = clause_around(text, match.start(), match.end())
        if what:
            unit = "percentage points" if "point" in match[0] else "percent"
            value = None if match["to"] else _value(match["n"], None)
            yield Number(match.start(), match.end(), match[0].strip(), value, unit, what)


def _measures(text: str) -> Iterable[Number]:
    for match in _MEASURE.finditer(text):
        before = text[: match.start()]
        if _CONVERTED.search(before) or _FROM_NOTHING.search(before):
            continue
        what = clause_around(text, match.start(), match.end())
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
        what = clause_around(text, match.start(), match.end())
        if what:
            yield Number(match.start(), match.end(), match[0].strip(), None, money or noun, what)


# "The LC 500 Convertible", "Windows 10 users": the number is part of a name.
_CALLED = re.compile(r"\b(?:911|999|112|000|101|111|311|411) (?:calls?|dispatch\w*|operators?|emergenc\w+)\b")
_NAMED = re.compile(r"(?<=\w )[A-Z][\w&.-]*\s$|\b[a-z]+[A-Z]\w*\s$")


# "The Oct. 7 attacks" are of a day, not seven.
_DATED = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.? $"
)


def _counts(text: str) -> Iterable[Number]:
    for match in _COUNT.finditer(text):
        head = match["head"].lower()
        number = match["n"].lower()
        if head in _NOT_COUNTED or re.fullmatch(r"(?:1[5-9]|20)\d\d|0\d.*", number):
            continue
        what = clause_around(text, match.start(), match.end())
        counted = f"{match['what'].strip()} {text[match.end() : match.end() + 60]}"
        grave = _GRAVE.search(counted)
        worded = not number[0].isdigit()
        lower = re.search(rf"(?:\b(?:between )?(?:{NUMBER})(?: to | and |\s?[-–]\s?))$", text[: match.start()])
        if (worded or _value(number, None) < _MANY) and not match["s"] and not grave:
            continue
        before = text[: match.start()]
        if (
            _CONVERTED.search(before)
            or re.search(r"\b(?:every|per|each|out of|\d+ of)\s$", before)
            or _CALLED.match(text, match.start("n"))
        ):
            continue
        if (_NAMED.search(before) and not grave and head != "people") or _DATED.search(before):
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
