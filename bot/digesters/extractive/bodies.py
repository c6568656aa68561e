"""Which organisations and places of an article are one: acronyms, short forms, founders' names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.kinds import firm_stem
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Reading
from bot.domain.digests import Kind

Found = dict[tuple[Kind, str], Person]
"""Entities by their kind and folded name, while they are being gathered."""


def join_shorter(reading: Reading, found: Found, spans: Sequence[Span]) -> None:
    """Give every short form to the entity whose name it shortens, where one alone comes into question."""
    _acronyms(reading, found, spans)
    _shorter_forms(found)
    _islands(found)


_ACRONYM = re.compile(r"^ \((?:the )?([A-Z][A-Za-z&]*[A-Z])(?:\)|,)")


def _acronyms(reading: Reading, found: Found, spans: Sequence[Span]) -> None:
    """Join ``Mid-American Conference (MAC)`` and every later ``MAC``."""
    for (kind, _), entity in list(found.items()):
        if kind not in ("organisation", "place"):
            continue
        short = {
            m[1] for s in entity.spans if (m := _ACRONYM.match(reading.lines[s.line - 1].text[s.end : s.end + 14]))
        }
        capitals = "".join(w[0] for w in re.split(r"[\s-]+", entity.name) if w[0].isupper())
        known = {fold(capitals), fold(entity.name)} <= lexicon.names("organisations")
        short |= {capitals} if (len(capitals) > 2 and kind == "organisation") or known else set()
        for acronym in short:
            twin = found.get((kind, fold(acronym)))
            if twin and twin is not entity:
                entity.spans.extend(found.pop((kind, fold(acronym))).spans)
            elif not twin:
                entity.spans.extend(s for s in spans if s.text == acronym and s not in entity.spans)


def _shorter_forms(found: Found) -> None:
    """Join ``Tianqi`` with ``Tianqi Corp``, ``Food Agency`` with ``Port Food Agency``, where one longer name fits."""
    stems: dict[str, Cast] = defaultdict(list)
    for (kind, key), entity in found.items():
        if kind == "organisation" and (stem := firm_stem(key)):
            stems[stem].append(entity)
    for (kind, key), entity in list(found.items()):
        if kind != "organisation":
            continue
        if len(stems[key]) == 1:
            stems[key][0].spans.extend(entity.spans)
            del found[kind, key]
            continue
        # "Disney" is the Walt Disney Company, "New Media" New Media Investment.
        named = [e for stem, firms in stems.items() for e in firms if _founded(stem, key)]
        if not named and " " in key:
            named = [e for (k, other), e in found.items() if k == kind and other.startswith(key + " ")]
        if len(named) == 1:
            named[0].spans.extend(entity.spans)
            del found[kind, key]
            continue
        # "Pirates" are the Pittsburgh Pirates; "Bank" may be any.
        if " " not in key and not (key.endswith("s") and key not in lexicon.words("org-heads")):
            continue
        longer = [e for (k, other), e in found.items() if k == kind and other.endswith(" " + key)]
        if len(longer) == 1:
            longer[0].spans.extend(entity.spans)
            del found[kind, key]


def _founded(stem: str, key: str) -> bool:
    """Whether a firm is named in full after the one whose surname a short form is."""
    words = stem.split()
    return len(words) == 2 and words[1] == key and lexicon.is_given(words[0])


def _islands(found: Found) -> None:
    """Join ``Socotra Island`` with ``Socotra``; ``Mexico City`` is another place than Mexico."""
    for (kind, key), entity in list(found.items()):
        stem = re.sub(r" (?:islands?|peninsula)$|^(?:island|isle|city|town|village|republic|kingdom) of ", "", key)
        other = found.get((kind, stem)) if kind == "place" and stem != key else None
        if other:
            other.spans.extend(entity.spans)
            del found[kind, key]
