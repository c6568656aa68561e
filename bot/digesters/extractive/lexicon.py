"""The word lists that the rules know, read once from ``words/``."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MALE, FEMALE = "m", "f"


def fold(text: str) -> str:
    """``text`` without accents, in lower case: how spellings of one name are compared."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.replace("’", "'").replace("ł", "l").replace("ø", "o").replace("ı", "i")


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the words that speak of it."""

    name: str
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = (files(__package__) / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(fold(word) for line in _lines(name) for word in line.split())


@cache
def names(name: str) -> frozenset[str]:
    """The names of a list of one a line, folded."""
    return frozenset(fold(line.strip()) for line in _lines(name))


@cache
def acronyms() -> frozenset[str]:
    """The listed bodies that are written in capitals only, folded: ``ICE`` is one, ``Ice`` is not."""
    listed = [line.strip() for line in _lines("organisations")]
    return frozenset(fold(a) for a in listed if a.isupper()) - {fold(a) for a in listed if not a.isupper()}


@cache
def titles() -> dict[str, str]:
    """Titles before a name, folded, with the gender they show (``m``, ``f`` or ``u``)."""
    return {fold(word): gender for word, gender in (line.split() for line in _lines("titles"))}


@cache
def short_names() -> dict[str, frozenset[str]]:
    """What the bearers of a given name are called for short, by the full name."""
    return {full: frozenset(short) for full, *short in (line.split() for line in _lines("short-names"))}


@cache
def abbreviated_places() -> dict[str, str]:
    """Places by each of their short forms, as written without a last point."""
    split = (line.split("|") for line in _lines("abbreviated-places"))
    return {short: name for name, forms in split for short in forms.split(",")}


@cache
def topics() -> dict[str, frozenset[str]]:
    """The words that speak for each topic."""
    pairs = (line.split(":", 1) for line in _lines("topics"))
    return {topic.strip(): frozenset(rest.split()) for topic, rest in pairs}


@cache
def countries() -> dict[str, Country]:
    """Every country by each of its names, folded."""
    return {fold(name): country for country, others in _countries() for name in (country.name, *others)}


@cache
def by_demonym() -> dict[str, Country]:
    """Every country by each of its demonyms, folded."""
    return {fold(word): country for country, _ in _countries() for word in country.demonyms}


@cache
def by_capital() -> dict[str, Country]:
    """Every country by its capital, folded."""
    return {fold(word): country for country, _ in _countries() for word in country.capitals}


@cache
def _countries() -> tuple[tuple[Country, tuple[str, ...]], ...]:
    found = []
    for line in _lines("countries"):
        name, others, demonyms, capitals = ([*line.split("|"), "", "", ""])[:4]
        split = [tuple(part for part in field.split(",") if part) for field in (others, demonyms, capitals)]
        found.append((Country(name, split[1], split[2]), split[0]))
    return tuple(found)


@cache
def is_place(folded: str) -> bool:
    """Whether the gazetteer knows a place of that folded name."""
    return folded in countries() or folded in by_capital() or folded in names("places")


def gender_of(given: str) -> str | None:
    """The gender that a given name usually shows; None where it shows none."""
    folded = fold(given)
    male, female = folded in words("given-names-m"), folded in words("given-names-f")
    if male == female:
        return None
    return MALE if male else FEMALE


def either(given: str) -> bool:
    """Whether men and women bear a given name, whichever gender it shows more often."""
    return fold(given) in words("given-names-either")


def is_given(word: str) -> bool:
    """Whether ``word`` is a known given name."""
    folded = fold(word)
    known = words("given-names-m") | words("given-names-f")
    return folded in known or ("-" in folded and all(part in known for part in folded.split("-")))
