"""What a date in a text means: GUM's dates with the place of each given, ours beside dateparser.

Usage: ``python -m tests.eval.dates FOLDER [--half odd|even|all]`` where FOLDER is a copy of amir-zeldes/gum. Rules were
tuned on the odd half. ``--errors`` prints ours that are wrong.

Asked is every annotated day, month or year (``when``) that its own words can tell: it names a year, month or weekday,
or counts from the day of writing. Answers are compared as precisely as gold is. dateparser gets the words alone, with
the day of writing and the past preferred, which suits it best; ours reads the sentence, with the place given or finding
it too.
Bare years, which anyone reads, are apart, and so are transcripts, spoken on another day than the one they bear.
"""

from __future__ import annotations

import argparse
import importlib
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.digesters.extractive.chronology import dates_of_sentences
from bot.digesters.extractive.dates import dates_in
from bot.digesters.extractive.dating import Dated
from tests.eval.corpus import table
from tests.eval.gum import Document, GoldDate, documents

_EXACT = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")
# "That year", "the next day", "four months before the race" hang on another date of the text, names on the world.
_OWN = re.compile(
    r"(?i)\b(?:[12]\d{3}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|[a-z]+day\b|ago\b|tomorrow|tonight|"
    r"(?:this|next|last|past|the present|current) (?:day|week|month|year|morning|afternoon|evening|night))|\d/\d"
)
_YEAR = re.compile(r"\W*[12]\d{3}\W*")


def asked_in(document: Document) -> Iterator[GoldDate]:
    """The dates to be told."""
    for gold in document.dates:
        if _EXACT.fullmatch(gold.when) and _OWN.search(gold.text):
            yield gold


@cache
def _read(document: Document) -> list[list[Dated]]:
    return dates_of_sentences(document.texts, set(document.paragraphs), document.published.date())


def unaided(document: Document, gold: GoldDate) -> str | None:
    """What the digester reads there by itself, from the text as it stands."""
    touching = [d for d in _read(document)[gold.sentence] if d.start < gold.end and gold.start < d.end]
    return touching[0].when if touching else None


def ours(document: Document, gold: GoldDate) -> str | None:
    """What it reads where it is told that a date stands there: a bare number is a year then."""
    told = dates_in(f"in {gold.text}", document.published.date())
    return unaided(document, gold) or (told[0].when if told else None)


def theirs(document: Document, gold: GoldDate) -> str | None:
    """What dateparser reads in the words."""
    settings = {"RELATIVE_BASE": document.published.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = importlib.import_module("dateparser").parse(gold.text, languages=["en"], settings=settings)
    return str(parsed.date()) if parsed else None


def agree(answer: str | None, when: str) -> bool:
    """Whether an answer is right, as precisely as gold is; a vaguer one is not."""
    return answer is not None and answer[: len(when)] == when


WAYS = {"ours": ours, "ours, finding it too": unaided, "dateparser": theirs}
GROUPS = ("news", "other texts", "transcripts", "bare years", "all")
_SPOKEN = {"conversation", "podcast", "vlog"}


def _group(genre: str, text: str) -> str:
    if _YEAR.fullmatch(text):
        return "bare years"
    return "news" if genre == "news" else "transcripts" if genre in _SPOKEN else "other texts"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="even")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    for document in documents(options.folder, options.half):
        for gold in asked_in(document):
            own = _group(document.genre, gold.text)
            asked.update((own, "all"))
            for way, read in WAYS.items():
                good = agree(read(document, gold), gold.when)
                right.update({(way, own): good, (way, "all"): good})
            if options.errors and not agree(ours(document, gold), gold.when):
                words = document.texts[gold.sentence]
                print(f"{document.name} {document.published:%Y-%m-%d} {gold.text!r} gold={gold.when}", end=" ")
                print(f"ours={ours(document, gold)} dateparser={theirs(document, gold)}")
                print(f"    {words[max(0, gold.start - 90) : gold.end + 60]}")
    rows = [(way, *(100 * right[way, g] / max(asked[g], 1) for g in GROUPS)) for way in WAYS]
    print(table(("right", *(f"{g} ({asked[g]})" for g in GROUPS)), rows))


if __name__ == "__main__":
    main()
