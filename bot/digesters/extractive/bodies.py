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
    _departments(found)
    _chambers(found)
    _bare_heads(reading, found, spans)


_ACRONYM = re.compile(r"^ [(\[](?:the )?([A-Z][A-Za-z&]*[A-Z])(?:[)\]]|,)")


def _acronyms(reading: Reading, found: Found, spans: Sequence[Span]) -> None:
    """Join ``Mid-American Conference (MAC)`` and every later ``MAC``."""
    for (kind, _), entity in list(found.items()):
        if kind not in ("organisation", "place"):
            continue
        short = {
            m[1] for s in entity.spans if (m := _ACRONYM.match(reading.lines[s.line - 1].text[s.end : s.end + 14]))
        }
        # "Sund and Varn (S&V)" is not Varn.
        short = {a for a in short if "&" not in a or fold(a[0]) == fold(entity.name[0])}
        for acronym in short | _capitals(entity):
            twin = found.get((kind, fold(acronym)))
            if twin and twin is not entity:
                entity.spans.extend(found.pop((kind, fold(acronym))).spans)
            elif not twin:
                entity.spans.extend(s for s in spans if s.text == acronym and s not in entity.spans)


def _capitals(entity: Person) -> set[str]:
    """The acronyms that an organisation's names make: ``USGS`` of ``US Geological Survey``, ``AMD`` of a firm's."""
    names = {entity.name, *(span.text for span in entity.spans)}
    names |= {" ".join(name.split()[: len(stem.split())]) for name in names if (stem := firm_stem(fold(name)))}
    of = {re.sub(r"^(.+) Department$", r"Department of \1", name) for name in names}
    spelled = {f"DO{name[14]}" for name in of if re.fullmatch(r"Department of [A-Z]\w+", name)}
    # The Department of Ports and Tides is "PT", and listed are some that leave the "and" out.
    names |= {name.removeprefix("Department of ") for name in names} | {name.split(" and ")[0] for name in names}
    made = {"".join(_letters(word) for word in re.split(r"[\s-]+", name)) for name in names}
    known = {c for c in made if {fold(c), fold(entity.name)} <= lexicon.names("organisations")}
    return known | spelled | ({c for c in made if len(c) > 2} if entity.kind == "organisation" else set())


def _letters(word: str) -> str:
    return "US" if word in ("US", "U.S.") else word[:1] if word[:1].isupper() else ""


def _shorter_forms(found: Found) -> None:
    """Join ``Tianqi`` with ``Tianqi Corp``, ``Food Agency`` with ``Port Food Agency``, where one longer name fits."""
    stems: dict[str, Cast] = defaultdict(list)
    for (kind, key), entity in found.items():
        if kind == "organisation" and (stem := firm_stem(key)):
            stems[stem].append(entity)
    for (kind, key), entity in list(found.items()):
        if kind != "organisation":
            continue
        named = stems[key]
        # "Disney" is the Walt Disney Company, "New Media" New Media Investment.
        if len(named) != 1:
            named = [e for stem, firms in stems.items() for e in firms if _founded(stem, key)]
        if not named and " " in key:
            named = [e for (k, other), e in found.items() if k == kind and other.startswith(key + " ")]
        if not named:
            whole = {f"department of {key}", f"house {key} committee", f"senate {key} committee"}
            named = [e for (k, other), e in found.items() if k == kind and (other in whole or _wider(key, other))]
        # "Pirates" are the Pittsburgh Pirates; "Bank" may be any.
        if len(named) != 1 and (" " in key or (key.endswith("s") and key not in lexicon.words("org-heads"))):
            listed = lexicon.names("organisations") if key in lexicon.names("organisations") else frozenset[str]()
            # The "Security Council" is none of those that are known by a longer name.
            named = [
                e for (k, other), e in found.items() if k == kind and other.endswith(" " + key) and other not in listed
            ]
        named = named if len(named) == 1 else _before(named, entity.spans[0])
        if len(named) == 1:
            named[0].spans.extend(entity.spans)
            del found[kind, key]


def _wider(key: str, other: str) -> bool:
    """Whether the other is the same with a word more within: ``St Ana's Harbour Church`` and ``St Ana's Church``."""
    short, long = key.split(), other.split()
    return len(short) > 2 and len(long) == len(short) + 1 and [*short[:-1], short[-1]] == [*long[:-2], long[-1]]


def _before(named: Sequence[Person], span: Span) -> Cast:
    """Those of several that are named before a short form: it is said of whom the reader knows already."""
    return [each for each in named if (each.spans[0].line, each.spans[0].start) < (span.line, span.start)]


def _founded(stem: str, key: str) -> bool:
    """Whether a firm is named in full after the one whose surname a short form is."""
    words = stem.split()
    return len(words) == 2 and words[1] == key and lexicon.is_given(words[0])


# Behind or before a place's name, what sort of place it is.
_SORT = re.compile(
    r" (?:islands?|peninsula|national park)$|^(?:island|isle|city|town|village|republic|kingdom|port) of "
)


def _islands(found: Found) -> None:
    """Join ``Socotra Island`` with ``Socotra``; ``Mexico City`` and ``Hong Kong Island`` are other places."""
    for (kind, key), entity in list(found.items()):
        stem = _SORT.sub("", key)
        other = found.get((kind, stem)) if kind == "place" and stem != key else None
        if other and not (other.country and key.startswith(stem)):
            other.spans.extend(entity.spans)
            del found[kind, key]


def _departments(found: Found) -> None:
    """Join the ``Energy Department`` with the ``Department of Energy``."""
    for (kind, key), entity in list(found.items()):
        of, _, head = key.rpartition(" ")
        if kind == "organisation" and of and head in ("department", "ministry"):
            full = found.get((kind, f"{head} of {of}")) or found.get((kind, f"{head} of the {of}"))
            if full:
                full.spans.extend(entity.spans)
                del found[kind, key]


def _chambers(found: Found) -> None:
    """Join a bare ``House`` with the one House that is named in full."""
    full = [e for (kind, key), e in found.items() if kind == "organisation" and key.startswith("house of ")]
    short = found.get(("organisation", "house"))
    if short and len(full) == 1:
        full[0].spans.extend(short.spans)
        del found["organisation", "house"]


def _bare_heads(reading: Reading, found: Found, spans: Sequence[Span]) -> None:
    """Join ``the University`` with the one university that has been named before it."""
    heads = lexicon.words("org-heads") | lexicon.words("place-heads")
    for span in spans:
        head = span.key.removeprefix("the ")
        if head not in heads or not reading.lines[span.line - 1].text[: span.end].lower().endswith(f"the {head}"):
            continue
        bodies = [e for (kind, key), e in found.items() if kind in ("organisation", "place") and _is_headed(key, head)]
        known = _before(bodies, span)
        if len(known) == 1:
            _give(found, span, known[0])


def _give(found: Found, span: Span, entity: Person) -> None:
    """Let a mention mean ``entity`` alone."""
    for key, other in list(found.items()):
        if span in other.spans:
            other.spans.remove(span)
            if not other.spans:
                del found[key]
    entity.spans.append(span)


def _is_headed(name: str, head: str) -> bool:
    """Whether a longer name is a ``head``: the House is one of Representatives, and not the White House."""
    return name.startswith((f"{head} of ", f"{head} for ")) or (name.endswith(f" {head}") and head != "house")
