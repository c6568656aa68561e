"""Two ids of one person: with and without a middle initial, and a surname alone with an office only one holds.

``Donald J. Roe`` is ``Donald Roe`` unless there is a ``Donald M. Roe`` too. ``President Roe`` is the one Roe who is
called a president; where two are, or none is, a surname alone stays nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from functools import lru_cache

# Whoever bears one of these is seldom mistaken for another of the surname: there is one at a time, and the news of a
# few days speaks of one. A country has many senators.
_OFFICES = (
    "president",
    "president elect",
    "vice president",
    "vice president elect",
    "prime minister",
    "chancellor",
    "pope",
    "secretary of state",
    "foreign minister",
    "foreign secretary",
    "finance minister",
    "defence secretary",
    "defense secretary",
    "home secretary",
    "treasury secretary",
    "attorney general",
    "secretary general",
)
_BY_LENGTH = sorted(_OFFICES, key=len, reverse=True)
# "Deputy prime minister" and "assistant attorney general" are other offices.
_OTHER = frozenset(
    "vice deputy assistant associate under shadow junior first second regional bank club company university".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
# With one of these it is no person's name, whatever a digest holds it for.
_NO_NAMES = frozenset("the of and for with".split())


def without_initials(id_: str) -> tuple[str, str]:
    """A person's id without middle initials, and those initials: ``donald-j-roe`` gives ``donald-roe`` and ``j``."""
    words = id_.split("-")
    if len(words) < 3 or any(word.isdigit() for word in words):
        return id_, ""
    middle = words[1:-1]
    kept = [word for word in middle if len(word) > 1]
    return "-".join((words[0], *kept, words[-1])), "".join(word for word in middle if len(word) == 1)


def surname_of(id_: str) -> str:
    """The last name in the id of someone with a first and a last one; empty where it is one word."""
    words = id_.split("-")
    while len(words) > 1 and (words[-1] in _SUFFIXES or words[-1].isdigit()):
        words.pop()
    return words[-1] if len(words) > 1 and not _NO_NAMES & set(words) else ""


def generation_of(name: str) -> str:
    """What tells a son from his father of the same name: ``jr`` of ``Donald Roe Jr.``; empty where nothing does."""
    words = re.findall(r"[a-z]+", name.casefold())
    return words[-1] if len(words) > 1 and words[-1] in _SUFFIXES else ""


@lru_cache(4096)
def office_of(title: str) -> str:
    """The office of one at a time that a role names: ``interim US President`` is ``president``; empty where none."""
    words = re.sub(r"[^a-z]+", " ", title.casefold()).strip()
    office = next((o for o in _BY_LENGTH if words == o or words.endswith(f" {o}")), "")
    before = set(words.removesuffix(office).split())
    return "" if before & _OTHER else office


def offices_in(titles: Iterable[str]) -> frozenset[str]:
    """The offices of one at a time among some roles."""
    return frozenset(map(office_of, titles)) - {""}


class Namesakes:
    """The people of a set of digests by what their ids share, kept as it changes.

    Args:
        never: pairs of ids that are not one, whatever they share.
        settled: the id that people's decisions put in the place of one.
    """

    def __init__(self, never: Set[frozenset[str]], settled: Callable[[str], str]) -> None:
        self._never = never
        self._settled = settled
        self._alike: defaultdict[str, set[str]] = defaultdict(set)  # by the id without initials
        self._families: defaultdict[str, set[str]] = defaultdict(set)  # by surname
        self._offices: dict[str, frozenset[str]] = {}

    def note(self, id_: str, offices: frozenset[str] | None) -> set[str]:
        """Know that ``id_`` is a person's who holds those offices; None where it is no person's any more.

        Returns:
            The ids that may mean someone else for it.
        """
        (plain, _), surname = without_initials(id_), surname_of(id_)
        if not surname or self._offices.get(id_) == offices:
            return set()
        before = {each: self._known(each) for each in self._alike[plain] | {id_}}
        if offices is None:
            del self._offices[id_]
            self._alike[plain].discard(id_)
            self._families[surname].discard(id_)
        else:
            self._offices[id_] = offices
            self._alike[plain].add(id_)
            self._families[surname].add(id_)
        return {surname, *(each for each, known in before.items() if known != self._known(each))}

    def meant(self, id_: str, titles: Iterable[str]) -> str:
        """The id of the person whom a digest calls ``id_`` and gives those titles."""
        if surname_of(id_):
            return self._known(id_)
        offices = offices_in(titles)
        of_family = self._families.get(id_, ()) if offices else ()
        holders = {self._known(each) for each in of_family if self._offices[each] & offices}
        if len({self._settled(each) for each in holders}) != 1:
            return id_
        holder = min(holders)
        return id_ if frozenset((id_, holder)) in self._never else holder

    def _known(self, id_: str) -> str:
        plain, _ = without_initials(id_)
        alike = self._alike.get(plain, ())
        initials = {without_initials(each)[1] for each in alike} - {""}
        return plain if plain in alike and len(initials) < 2 and frozenset((plain, id_)) not in self._never else id_
