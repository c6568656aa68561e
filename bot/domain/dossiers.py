"""What is known of one entity: the answer to ``/who``. Every line has a source; nothing is inferred but counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from bot.domain.accounts import Named, quote_line
from bot.domain.digests import Frozen, Kind, Role, Source, source_of
from bot.domain.entities import Appearance, Entity, EntityBook
from bot.domain.lines import QuoteLine, SourcedLine, merged, sourced, varied
from bot.domain.stories import Story

# A card looks at this many of the newest digests: enough for every page of lines, bounded for the famous.
_LOOK_BACK = 100
# So many lines of one article before those of others: three articles stand on a card's first page of five.
_OF_EACH = 2
_WEEK = 7
_FORMER = re.compile(r"(?i)^(former|ex-|late|then-|outgoing)|\bex-")


class RoleLine(Frozen):
    """An office or part as stated; ``current`` when nothing says that it ended."""

    title: str
    current: bool
    from_: str | None = Field(default=None, serialization_alias="from")
    until: str | None = None
    stated: str
    sources: tuple[Source, ...]


class RelationLine(Frozen):
    """How another entity stands to this one: ``brother``, ``was deputy of``."""

    to: str
    name: str
    as_: str = Field(serialization_alias="as")
    sources: tuple[Source, ...]


class Connection(Frozen):
    """Another entity named in the same stories, with in how many."""

    id: str
    name: str
    stories: int


class Dossier(Frozen):
    """One entity's card."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    roles: tuple[RoleLine, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    connections: tuple[Connection, ...] = ()
    quotes: tuple[QuoteLine, ...] = ()
    lines: tuple[SourcedLine, ...] = ()
    stories: tuple[str, ...] = ()
    recent_stories: int = 0
    per_day: tuple[int, ...] = ()
    until: datetime | None = None
    others: tuple[Named, ...] = ()


class Candidate(Frozen):
    """An entity that may be meant; ``hint`` tells it from others of the same name."""

    id: str
    kind: Kind
    name: str
    score: float
    hint: str


class Identified(Frozen):
    """What a name turned out to mean; ``how`` says why a spelling that is not its name was taken for an entity."""

    query: str
    status: Literal["found", "ambiguous", "unknown"]
    entity: Dossier | None = None
    candidates: tuple[Candidate, ...] = ()
    how: str = ""


def hint_of(entity: Entity) -> str:
    """What tells ``entity`` from its namesakes: its role as its articles state it, else its latest headline."""
    roles = _roles(entity.appearances[:_LOOK_BACK])
    if roles:
        return f"{roles[0].title} ({entity.kind})" if entity.kind != "person" else roles[0].title
    return f"{entity.kind}, in “{entity.appearances[0].digest.headline}”"


def dossier_of(entity: Entity, book: EntityBook, stories: Sequence[Story], now: datetime) -> Dossier:
    """The card of ``entity``; ``stories`` are those that name it, newest first.

    The week counted ends ``now``, or, where nothing was published in it, with the latest digest: a library of last
    month's news still shows when the entity was in it.
    """
    appearances = entity.appearances[:_LOOK_BACK]
    latest = appearances[0].digest.article.published
    until = now if latest > now - timedelta(days=_WEEK) else latest
    return Dossier(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        aliases=entity.aliases,
        wikidata=entity.wikidata,
        roles=_roles(appearances),
        relations=_relations(entity, book, appearances),
        connections=_connections(entity, book, stories),
        quotes=varied(
            quote_line(a.digest, q.text, book) for a in appearances for q in a.digest.quotes if q.speaker == a.entry.id
        ),
        lines=_lines(appearances),
        stories=tuple(story.key for story in stories),
        recent_stories=sum(until - timedelta(days=_WEEK) < s.latest <= until for s in stories),
        per_day=_per_day(appearances, until),
        until=until,
    )


def _lines(appearances: Sequence[Appearance]) -> tuple[SourcedLine, ...]:
    """What is said of it: statements whose evidence names it, newest first, each fact once.

    Two of each article come before the rest, so that one long report does not stand for all the news.
    """
    found: list[SourcedLine] = []
    for appearance in appearances:
        digest, named = appearance.digest, set(appearance.entry.mentions)
        statements = [*digest.key_points, *([digest.why_it_matters] if digest.why_it_matters else []), *digest.next_]
        found += sourced(digest, [s for s in statements if named & set(s.evidence)])
    told: Counter[str] = Counter()
    first: list[SourcedLine] = []
    rest: list[SourcedLine] = []
    for line in merged(found):
        told[line.sources[0].digest] += 1
        (first if told[line.sources[0].digest] <= _OF_EACH else rest).append(line)
    return (*first, *rest)


def _roles(appearances: Sequence[Appearance]) -> tuple[RoleLine, ...]:
    """Roles by title, the latest stated first, what several articles of its week state before what one does.

    One article's slip, or its word for someone's part in a single scene, is not what most call them. Current ones come
    before those that ended.
    """
    found: dict[str, list[tuple[Role, Source]]] = {}
    for appearance in appearances:
        for role in appearance.entry.roles:
            source = source_of(appearance.digest, role.evidence)
            found.setdefault(role.title.casefold(), []).append((role, source))
    lines = [_role(stated) for stated in found.values()]
    newest = max((source.date for line in lines for source in line.sources), default=date.min)

    def weight(line: RoleLine) -> tuple[bool, str, int]:
        lately = sum((newest - source.date).days < _WEEK for source in line.sources)
        return lately > 1, line.stated, lately

    lines.sort(key=weight, reverse=True)
    return tuple(sorted(lines, key=lambda line: not line.current))


def _role(stated: list[tuple[Role, Source]]) -> RoleLine:
    latest = max((role for role, _ in stated), key=lambda role: role.stated)
    return RoleLine(
        title=latest.title,
        current=latest.until is None and not _FORMER.search(latest.title),
        from_=latest.from_,
        until=latest.until,
        stated=latest.stated.isoformat(),
        sources=tuple(dict.fromkeys(source for _, source in stated)),
    )


def _relations(entity: Entity, book: EntityBook, appearances: Sequence[Appearance]) -> tuple[RelationLine, ...]:
    found: dict[tuple[str, str], RelationLine] = {}
    for appearance in appearances:
        for to, as_, evidence in _stated_relations(appearance):
            other = book.meant(appearance.digest, to)
            if other is None or other.id == entity.id:
                continue
            source = source_of(appearance.digest, evidence)
            known = found.get((other.id, as_.casefold()))
            sources = (*known.sources, source) if known else (source,)
            found[other.id, as_.casefold()] = RelationLine(
                to=other.id, name=other.name, as_=as_, sources=tuple(dict.fromkeys(sources))
            )
    return tuple(found.values())


def _stated_relations(appearance: Appearance) -> list[tuple[str, str, tuple[int, ...]]]:
    """The entity's own relations, and others' that can be turned round: *wife of* it, seen from it, is its *wife*.

    Only what another states with "of" is turned, and only where this entity states nothing of that other itself.
    """
    stated = [(r.to, r.as_, r.evidence) for r in appearance.entry.relations]
    named = {to for to, _, _ in stated}
    for other in appearance.digest.entities:
        for relation in other.relations:
            turned = relation.as_.removesuffix(" of")
            if relation.to == appearance.entry.id and turned != relation.as_ and other.id not in named:
                stated.append((other.id, turned, relation.evidence))
    return stated


def _connections(entity: Entity, book: EntityBook, stories: Sequence[Story]) -> tuple[Connection, ...]:
    """Who is named in the same stories, most often first; places and works are left to the lines themselves."""
    together: Counter[str] = Counter()
    for story in stories:
        named = {e.id for d in story.digests for entry in d.entities if (e := book.meant(d, entry.id))}
        together.update(id_ for id_ in named if id_ != entity.id and book[id_].kind in ("person", "organisation"))
    ranked = sorted(together.items(), key=lambda item: (-item[1], -book[item[0]].weight, item[0]))
    return tuple(Connection(id=id_, name=book[id_].name, stories=n) for id_, n in ranked[:5])


def _per_day(appearances: Sequence[Appearance], until: datetime) -> tuple[int, ...]:
    """Digests that name it on each of the last seven days, oldest first."""
    days = Counter((until.date() - a.digest.day).days for a in appearances)
    return tuple(days.get(ago, 0) for ago in range(_WEEK - 1, -1, -1))
