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
_MONEY_WORD = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "rupee": "INR", "yen": "JPY", "yuan": "CNY"}
_WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {w: (i + 2) * 10 for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_HEDGE = (
    r"(?:(?:at least|at most|more than|less than|fewer than|up to|as many as|as much "
    r"as|an estimated|no more than|close to|about|nearly|around|over|under|almost|some|"
    r"approximately|roughly|only|just over|just under|just) )?"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = r"(?:thousand|million|billion|trillion|bn|tn|mn|mln|m|k|b)\b"
_UNITS = (
    r"(?:kilometers?|kilometres?|km|miles?|meters?|metres?|feet|acres?|hectares?|"
    r"tons?|tonnes?|kilograms?|kilos?|kg|pounds|"
    r"degrees?|barrels?|mph|kph|km/h|megawatts?|gigawatts?|MW|GW|liters?|litres?|"
    r"gallons?|percentage points|basis points|points)"
)
_MONEY = re.compile(
    rf"{_HEDGE}(?:(?P<c>US\$|A\$|C\$|NZ\$|HK\$|[$£€₹¥]|\bRs\.? ?)(?P<n>{_NUMBER})(?:[ -]?(?P<s>{_SCALES}))?|"
    rf"\b(?P<n2>{_NUMBER})(?: (?P<s2>{_SCALES}))? (?P<w>dollars?|euros?|pounds?|rupees?|"
    rf"yen|yuan)\b)(?![\d-])",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_HEDGE}(?P<n>\b(?:{_NUMBER}))(?:%| ?per ?cent(?:age points?)?\b| ?pct\b)", re.IGNORECASE)
_MEASURE = re.compile(rf"{_HEDGE}(?P<n>\b(?:{_NUMBER}))(?: (?P<s>{_SCALES}))? (?P<u>{_UNITS})\b(?!-)")
_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds|thousands|millions|billions|trillions|dozens|scores)(?: "
    r"of (?:thousands|millions|billions))?) of (?P<rest>people|women|men|children|"
    r"(?:[a-z-]+ ){0,2}?[a-z]{3,}s\b)"
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
_BREAK = re.compile(
    r"[.,](?=\s|$)|[;:—–()\"“”?!]|\s-\s|\b(?:and|but|while|when|as|after|before|because|"
    r"since|which|that|who|whose|where|than|"
    r"if|though|although|until|said|says|according)\b"
)
_LONGEST = 170


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


def _rest(text: str, end: int, words: int = 9) -> str:
    """What follows a figure, up to the end of its phrase."""
    after = text[end : end + 160]
    cut = _BREAK.search(after)
    part = after[: cut.start()] if cut else after
    kept = part.split()[:words]
    while kept and kept[-1].lower() in _DANGLING:
        kept.pop()
    return " ".join(kept)


_DANGLING = frozenset(
    "of in on at to the a an for from with by into its his her their per between "
    "over under about or is was were are has have had be been will would could may "
    "might can not up out off".split()
)


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a figure, whole: what a bare number counts is told by its sentence alone."""
    sentence = text.strip().rstrip(".")
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:](?=\s)|\s[—–-]\s|[\"“”]", text)), len(text)]
    low = max(i for i, cut in enumerate(cuts[:-1]) if cut <= start)
    high = next(i for i, cut in enumerate(cuts) if cut >= end)
    while low > 0 and not _VERB.search(text[cuts[low] : cuts[high]]):
        low -= 1
    part = text[cuts[low] : cuts[high]].strip(' ,;:—–-."“”')
    if low == 0 and len(sentence) <= _LONGEST and not re.search(r"[\"“”]", sentence):
        return re.sub(r"^(?:And|But|Yet|Still|So|However,) ", "", sentence)
    part = part.removeprefix("and ").removeprefix("but ").removeprefix("or ")
    return part if len(part.split()) >= 4 and len(part) <= _LONGEST and _VERB.search(part) else ""


_VERB = re.compile(
    r"(?:\b|(?=['’]))(?:was|were|is|are|has|have|had|will|would|could|can|may|said|"
    r"told|\w{3,}ed|began|won|lost|met|went|came|took|gave|made|"
    r"left|fell|rose|held|found|sent|set|put|led|beat|sold|bought|became|cost|costs|grew|paid|spent|saw|sees|gets?|got|"
    r"going|'re|’re|stands?|stood|totals?|includes?|owns?|owes?|needs?|expects?|claims?|shows?|makes?|means?)\b"
)


def _money(text: str) -> Iterable[Number]:
    for match in _MONEY.finditer(text):
        unit = _CURRENCY.get((match["c"] or "").strip().rstrip(".").upper() if match["c"] else "") or _MONEY_WORD.get(
            (match["w"] or "").lower().rstrip("s")
        )
        if match["c"] and match["c"].strip().rstrip(".") == "Rs":
            unit = "INR"
        what = _clause(text, match.start(), match.end())
        if what:
            yield Number(
                match.start(),
                match.end(),
                match[0].strip(),
                _value(match["n"] or match["n2"], match["s"] or match["s2"]),
                unit,
                what,
            )


def _percent(text: str) -> Iterable[Number]:
    for match in _PERCENT.finditer(text):
        what = _clause(text, match.start(), match.end())
        if what:
            unit = "percentage points" if "point" in match[0] else "percent"
            yield Number(match.start(), match.end(), match[0].strip(), _value(match["n"], None), unit, what)


def _measures(text: str) -> Iterable[Number]:
    for match in _MEASURE.finditer(text):
        what = _clause(text, match.start(), match.end())
        if what and match["u"] != "points":
            yield Number(match.start(), match.end(), match[0].strip(), _value(match["n"], match["s"]), match["u"], what)


def _vague(text: str) -> Iterable[Number]:
    for match in _VAGUE.finditer(text):
        noun = match["rest"].split()[-1]
        money = _MONEY_WORD.get(noun.rstrip("s"))
        what = (
            _clause(text, match.start(), match.end())
            if money
            else f"{match['rest']} {_rest(text, match.end(), 6)}".strip()
        )
        if what:
            yield Number(match.start(), match.end(), match[0].strip(), None, money or noun, what)


def _counts(text: str) -> Iterable[Number]:
    for match in _COUNT.finditer(text):
        head = match["head"].lower()
        number = match["n"].lower()
        if head in _NOT_COUNTED or re.fullmatch(r"(?:1[5-9]|20)\d\d", number):
            continue
        rest = _rest(text, match.end(), 7)
        what = f"{match['what'].strip()} {rest}".strip()
        worded = not number[0].isdigit()
        if (worded or _value(number, None) < _MANY) and not match["s"] and not _GRAVE.search(what[:60]):
            continue
        value = _spelled(number) if worded else _value(number, match["s"])
        if value is None or (worded and value < 2):
            continue
        if worded and match["s"]:
            value = int(value * _SCALE[match["s"].lower()])
        yield Number(match.start(), match.end(), match[0].strip(), value, match["what"].strip().lower(), what)


def _spelled(word: str) -> int | None:
    tens, _, ones = word.partition("-")
    if not ones:
        return _WORDS.get(tens)
    return _WORDS[tens] + _WORDS[ones] if ones in _WORDS and _WORDS.get(tens, 0) >= 20 and _WORDS[ones] < 10 else None
