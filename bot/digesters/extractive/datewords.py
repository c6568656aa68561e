"""The words that dates are made of: months, weekdays, numbers, as patterns and as numbers."""

from __future__ import annotations

MONTHS = ("january february march april may june july august september october november december").split()
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|" + "|".join(m.upper() for m in MONTHS) + ")"
)
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
#: A weekday written short, which is one only beside a date or behind such as "on": ``Sat.``, ``Sun``.
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?"

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SMALL = {word: i for i, word in enumerate(_UNITS)} | _TENS
#: Counts as words: ``a``, ``seven``, ``forty``.
NUMBERS = _SMALL | {"a": 1, "an": 1}
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"

_ORDINAL_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINALS = {word: i for i, word in enumerate(_ORDINAL_UNITS, 1)}
_ORDINALS |= {f"twenty{dash}{word}": 20 + i for word, i in _ORDINALS.items() if i < 10 for dash in "- "}
_ORDINALS |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
#: A day of the month as a word: ``fifth``, ``twenty-first``.
ORDINAL = r"(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"

_PAIR = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?"
#: A year as it is spoken: ``nineteen eighty-four``, ``fifteen eighteen``, ``two thousand and five``.
SPOKEN_YEAR = (
    rf"(?:(?:{'|'.join(_UNITS[13:])}|twenty) (?:hundred|(?:oh|o)[- ](?:{'|'.join(_UNITS[1:10])})|"
    rf"{'|'.join(_UNITS[:9:-1])}|{_PAIR})|two thousand(?: (?:and )?(?:{'|'.join(_UNITS[:0:-1])}))?)"
)


def number(word: str) -> int | None:
    """What a count says, in digits or as a word; None where it is none."""
    lowered = word.lower()
    return int(lowered) if lowered.isdigit() else NUMBERS.get(lowered)


def ordinal(word: str) -> int:
    """The day of the month that digits or a word such as ``fifth`` say."""
    return int(word) if word.isdigit() else _ORDINALS[word.lower()]


def month(name: str) -> int:
    """The number of a month, from its name in full or short."""
    return next(i for i, full in enumerate(MONTHS, 1) if full.startswith(name.lower().rstrip(".")[:3]))


def weekday(name: str) -> int:
    """The number of a weekday, Monday being 0, from its name in full or short."""
    return next(i for i, full in enumerate(DAYS) if full.startswith(name.lower().rstrip(".")[:3]))


def spoken_year(words: str) -> int:
    """The year that words of the pattern ``SPOKEN_YEAR`` say."""
    parts = words.lower().replace("-", " ").replace(" and ", " ").split()
    if parts[:2] == ["two", "thousand"]:
        return 2000 + (_SMALL[parts[2]] if len(parts) > 2 else 0)
    rest = [0 if part in ("oh", "o", "hundred") else _SMALL[part] for part in parts[1:]]
    return 100 * _SMALL[parts[0]] + sum(rest)
