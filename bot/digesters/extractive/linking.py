"""Ties an article's entities to those already known, on good evidence only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.digesters.extractive.lexicon import fold
from bot.domain.digests import Digest, DigestEntity, Kind


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity that earlier digests speak of."""

    id: str  #: what those digests call it
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  #: titles of its roles, as stated
    wikidata: str | None = None


Known = Callable[[str, Kind], Sequence[KnownEntity]]
"""The entities of a kind known by a name (any spelling the index forgives); empty where there are none."""


def nothing_known(name: str, kind: Kind) -> Sequence[KnownEntity]:
    """The answer where no index is at hand."""
    return ()


def linked(digest: Digest, known: Known) -> Digest:
    """``digest`` with the ids and names of known entities wherever an entity is surely the same one.

    Surely means: same kind, same full name (accents apart), only one such entity known, and no role that
    contradicts what is known of it. An entity of an id that is taken by someone else gets an id of its own.
    """
    renamed: dict[str, str] = {}
    entities: list[DigestEntity] = []
    taken = {entity.id for entity in digest.entities}
    for entity in digest.entities:
        match = _match(entity, known)
        if match is None:
            fresh = _apart(entity, known, taken)
            renamed[entity.id] = fresh
            entities.append(entity.model_copy(update={"id": fresh}))
            continue
        clash = match.id != entity.id and match.id in taken
        renamed[entity.id] = entity.id if clash else match.id
        taken.add(renamed[entity.id])
        entities.append(entity if clash else _as_known(entity, match))
    return _renamed(digest, entities, renamed)


def _match(entity: DigestEntity, known: Known) -> KnownEntity | None:
    if entity.kind == "person" and " " not in entity.name:
        return None
    same = [k for k in known(entity.name, entity.kind) if k.kind == entity.kind and _same_name(entity, k)]
    if len(same) != 1 or _contradicts(entity, same[0]):
        return None
    return same[0]


def _same_name(entity: DigestEntity, known: KnownEntity) -> bool:
    full = {fold(name) for name in (known.name, *known.aliases) if entity.kind != "person" or " " in name}
    return fold(entity.name) in full


# Callings that one person rarely changes between: two under one name are two people until someone says otherwise.
_CALLINGS = (
    frozenset(
        "footballer striker goalkeeper midfielder defender quarterback pitcher coach "
        "linebacker golfer cricketer boxer cyclist swimmer athlete player forward "
        "winger".split()
    ),
    frozenset(
        "president minister senator governor mayor lawmaker congressman congresswoman "
        "chancellor ambassador mp diplomat politician premier legislator councillor".split()
    ),
    frozenset(
        "actor actress singer musician rapper composer novelist poet painter pianist "
        "guitarist comedian filmmaker".split()
    ),
    frozenset(
        "physicist chemist biologist astronomer geologist epidemiologist virologist "
        "neuroscientist researcher scientist".split()
    ),
    frozenset("victim suspect gunman defendant".split()),
)


def _contradicts(entity: DigestEntity, known: KnownEntity) -> bool:
    ours, theirs = _callings(r.title for r in entity.roles), _callings(known.roles)
    return bool(ours and theirs and not ours & theirs)


def _callings(titles: object) -> set[int]:
    words = {fold(word) for title in titles for word in str(title).split()}  # type: ignore[attr-defined]
    return {i for i, calling in enumerate(_CALLINGS) if words & calling}


def _apart(entity: DigestEntity, known: Known, taken: set[str]) -> str:
    """An id that no known entity bears: a homonym must not be taken for its namesake."""
    others = {k.id for k in known(entity.name, entity.kind)}
    if entity.id not in others:
        return entity.id
    for n in range(2, 100):
        fresh = f"{entity.id[:60]}-{n}"
        if fresh not in others and fresh not in taken:
            taken.add(fresh)
            return fresh
    return entity.id


def _as_known(entity: DigestEntity, match: KnownEntity) -> DigestEntity:
    """The entity under the known id; the fuller spelling leads, ours becomes an alias."""
    name = match.name if fold(match.name) == fold(entity.name) else entity.name
    spellings = dict.fromkeys([entity.name, *entity.aliases])
    return entity.model_copy(
        update={
            "id": match.id,
            "name": name,
            "aliases": tuple(s for s in spellings if s != name),
            "wikidata": entity.wikidata or match.wikidata,
        }
    )


def _renamed(digest: Digest, entities: list[DigestEntity], ids: dict[str, str]) -> Digest:
    tied = tuple(
        e.model_copy(update={"relations": tuple(r.model_copy(update={"to": ids.get(r.to, r.to)}) for r in e.relations)})
        for e in entities
    )
    quotes = tuple(
        q.model_copy(update={"speaker": ids.get(q.speaker, q.speaker), "about": tuple(ids.get(a, a) for a in q.about)})
        for q in digest.quotes
    )
    figures = tuple(
        f.model_copy(update={"stated_by": ids.get(f.stated_by, f.stated_by)}) if f.stated_by else f
        for f in digest.figures
    )
    changed = digest.model_copy(update={"entities": tied, "quotes": quotes, "figures": figures})
    return Digest.model_validate(changed.model_dump(by_alias=True))
