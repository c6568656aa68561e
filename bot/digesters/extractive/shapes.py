"""What a name's own words say of what it names: listed bodies and places, heads such as "Council", given names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.runs import FOLLOWERS
from bot.digesters.extractive.spans import Span
from bot.domain.digests import Kind

Evidence = Iterable[tuple[Kind, float]]
PRIZES = frozenset("award prize medal trophy".split())
_EVENT_HEADS = frozenset(
    "cup bowl games olympics championship championships war festival awards grand-prix marathon prix oscars "
    "paralympics tournament summit convention expo".split()
)
# "Olympic Games" are held, "Rocksteady Games" makes them.
_CONTESTS = frozenset("olympic paralympic commonwealth asian european american pan winter summer world".split())
# Heads of places and bodies that are surnames as often: "Darren Woods", "Benny Hill".
_SURNAMES_TOO = frozenset(
    "woods fields hill lake brooks rivers wells banks forest ford castle bridge bridges lane park point pond mills ngo "
    "grove glen heath marsh meadows cove street church bishop field fort garden bank post journal press guard mission "
    "gore day forge towers moor dale plain rock stone ridge beach camp creek falls strait bay cape shore".split()
)
# An acronym in parentheses names a body only where its last word is not a thing's.
THINGS = frozenset(
    "system systems stage rover program programme act treaty agreement telescope vehicle rocket satellite project plan "
    "index survey test disease syndrome disorder virus law scheme reactor engine aircraft network protocol deal "
    "framework standard platform broadcasting line syndication name names messaging interface display format code "
    "processor module chip drive memory tax credit bill".split()
)


def by_lists(span: Span, singles: Counter[str]) -> Evidence:
    """What the lists of names and of heads say of it."""
    key = span.key.removeprefix("the ")
    cited = len(span.words) > 1 and len(span.words[-1]) <= 2 and span.words[-1].isupper()
    if cited or "&" in span.words or any(c.isdigit() for c in key) or fold(span.words[-1]) in PRIZES:
        yield "person", -5.0
    # "In The Atlantic" is in print.
    printed = span.words[0] == "The" and not span.initial and not lexicon.is_place(span.key)
    printed = printed and key not in _THE_PLACES
    if lexicon.is_place(key) or lexicon.is_place(span.key):
        yield "place", -4.0 if printed else 4.0
    if key in _NOTHING:
        yield from ((kind, -9.0) for kind in KINDS)
    if key in lexicon.names("organisations") and (span.text.isupper() or key not in lexicon.acronyms()):
        yield "organisation", 4.5
    last = fold(span.words[-1]).rstrip(".")
    if last == "ngo" and not span.words[-1].isupper():
        # "Andy Ngo" bears a surname, "Sund Relief NGO" is a body.
        return
    if span.words[0].lower() == "the" and len(span.words) == 2 and last in _heads():
        # "The Road", "The Company": a head alone names nothing.
        return
    if len(span.words) > 1 and not (printed and last in lexicon.words("place-heads")):
        yield from _by_head(span, last, speaks=singles[last] > 1)


_THE_PLACES = frozenset(
    "bronx bahamas gambia netherlands philippines vatican maldives seychelles congo ukraine sudan lebanon".split()
)


KINDS: tuple[Kind, ...] = ("person", "organisation", "place", "event")
# Speeches, offices and faiths that look like bodies, people and places.
_NOTHING = frozenset(
    (
        "state of the union",
        "speaker of the house",
        "speaker of the house of commons",
        "general election",
        "islam",
        "fake news",
        "fake news media",
    )
)


def _heads() -> frozenset[str]:
    return lexicon.words("org-heads") | lexicon.words("place-heads")


def _by_head(span: Span, last: str, *, speaks: bool) -> Evidence:
    """What the word says that tells of what kind a name's bearer is: its last, or what stands before its "of".

    Where the last ``speaks`` by itself, it is a surname too: "Ana Beach", "Beach said".
    """
    first = fold(span.words[0])
    firm = last == "games" and not _CONTESTS & {fold(word) for word in span.words}
    if (last in _EVENT_HEADS and not firm) or _GREAT_WAR.fullmatch(span.key):
        yield "event", 5.0
    elif last in ("center", "centre") and fold(span.words[-2]) in _BUILDINGS:
        yield "place", 3.5
    elif last in lexicon.words("org-heads") or (last == "state" and len(span.words) == 2 and first in _OF_COLLEGES):
        yield "organisation", 3.5
    elif last in lexicon.words("place-heads") and "&" not in span.words:
        yield "place", 1.0 if speaks else 1.5 if last in _SURNAMES_TOO and lexicon.is_given(first) else 3.5
    if _headed_body(span.words):
        yield "organisation", 4.0
    if first in ("lake", "mount", "port", "fort", "cape", "isle"):
        yield "place", 3.5


# Such centres are where one goes, others what one works for.
_BUILDINGS = frozenset("trade visitor visitors convention shopping civic leisure conference sports exhibition".split())
# "Ohio State" is its university; "New York State" is the state.
_OF_COLLEGES = frozenset(fold(name) for name in lexicon.abbreviated_places().values() if name != "Washington") | {
    "kent",
    "penn",
    "boise",
    "fresno",
    "iowa",
    "ohio",
    "utah",
    "idaho",
}
_GREAT_WAR = re.compile(r"world war (?:i|ii|one|two)")


def _headed_body(words: tuple[str, ...]) -> bool:
    """Whether the word before a name's preposition is a body's: ``Joint Committee on Intelligence``."""
    at = next((i for i, word in enumerate(words[1:-1], 1) if word in ("of", "on", "for")), 0)
    head = fold(words[at - 1]) if at else ""
    # "Americans for Clean Harbours" are a body.
    if head in FOLLOWERS and words[at] == "for":
        return True
    heads = lexicon.words("org-heads") | {"center", "universit", "project", "chief"}
    return head in heads or head.rstrip("s") in heads


def by_shape(span: Span, singles: Counter[str]) -> Evidence:
    """Whether its words look like a person's or a firm's: given names, initials, ``Inc.``."""
    words = span.words
    last = fold(words[-1]).rstrip(".")
    bodily = last in lexicon.words("org-heads") or last in lexicon.words("place-heads") or last in _EVENT_HEADS
    surname = last in _SURNAMES_TOO and len(words) < 4 and lexicon.is_given(words[0])
    bodily = bodily and not surname and not (len(words) == 2 and singles[last] > 1)
    if 2 <= len(words) <= 4 and not bodily and "of" not in words and "for" not in words:
        if len(words) < 4 and fold(words[0]) in lexicon.words("family-names-first") and not words[-1].isupper():
            yield "person", 2.0
        elif lexicon.is_given(words[0]) and not words[-1].isupper():
            yield "person", 1.5 if surname or lexicon.is_place(fold(words[0])) else 2.5
        if any(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", w) for w in words[:-1]) and words[0] not in ("U.S.", "U.K."):
            yield "person", 1.5
    if len(words) > 1:
        yield "person", _unlike_a_person(words, last, bodily)
    if "Inc." in words or "Corp." in words:
        yield "organisation", 3.0
    elif "&" in words:
        # "War & Peace", "Plug & Charge": no firm without another sign of one.
        yield "organisation", 1.5


def _unlike_a_person(words: tuple[str, ...], last: str, bodily: bool) -> float:
    """What speaks against a person: a body's or a place's word in the name, a body's or a faith's at its end."""
    against = -2.5 if bodily else 0.0
    given = lexicon.is_given(words[0])
    if last in lexicon.names("organisations") and (not given or lexicon.is_place(fold(words[0]))):
        against -= 2.5
    if not given and _holds_place(words):
        against -= 3.0
    # "A Roman Catholic" is not called Roman, and "Ana Roe Tonight" is her show.
    return against - (5.0 if last in _NO_SURNAMES else 0.0)


_NO_SURNAMES = frozenset("live tonight show catholic catholics muslim muslims protestant protestants orthodox".split())


def by_capitals(span: Span, _: Counter[str]) -> Evidence:
    """That an acronym is no place."""
    acronym = span.text.removesuffix("s")
    if len(span.words) == 1 and acronym.isupper() and len(acronym) < 6 and not lexicon.is_place(span.key):
        yield "place", -3.0  # an acronym is a body's, be one "in" it or not
        yield "person", -1.0


def _holds_place(words: tuple[str, ...]) -> bool:
    return any(lexicon.is_place(fold(" ".join(words[i:]))) for i in range(1, len(words)))


def by_surname(span: Span, singles: Counter[str]) -> Evidence:
    """Whether its last word stands alone elsewhere, as surnames do."""
    last = fold(span.words[-1])
    if 2 <= len(span.words) <= 4 and last in singles and not lexicon.is_place(last):
        known = last in lexicon.words("org-heads") or last in lexicon.names("organisations")
        # A name of which the article says that it spoke is someone's, and surely one that speaks again and again.
        yield "person", 0.0 if known else 0.8 if singles[last] < 2 else 1.8 if singles[last] < 4 else 2.4
