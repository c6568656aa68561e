"""Who is who across digests: entities merged from what each digest says, and people's decisions about identity.

Two digests mean the same entity when they use one id, or name one Wikidata item. They never do when the kinds
differ, when both name different Wikidata items, or when a person decided so in ``digests/entities.json``.
Equal names alone merge nothing: homonyms stay apart and are told apart by what the digests say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.digests import Digest, DigestEntity, EntityId, Frozen, Kind, Name, Slug


class Merge(Frozen):
    """``ids`` are the same entity as ``into``."""

    into: Slug
    ids: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Split(Frozen):
    """In these digests, ``id`` means another entity, ``into``."""

    id: Slug
    digests: Annotated[tuple[str, ...], Field(min_length=1)]
    into: Slug


class AliasChange(Frozen):
    """Names that people added to an entity or took from it."""

    id: Slug
    add: tuple[Name, ...] = ()
    remove: tuple[Name, ...] = ()


class Decisions(Frozen):
    """What people decided about identity: the file ``digests/entities.json``. It outlives re-ingestion."""

    format: Literal[1] = 1
    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    aliases: tuple[AliasChange, ...] = ()
    never_merge: tuple[tuple[Slug, Slug], ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one digest says of an entity."""

    digest: Digest
    entry: DigestEntity


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, place, event or work, from every digest that names it (newest first)."""

    id: EntityId
    kind: Kind
    name: str
    aliases: tuple[str, ...]
    wikidata: str | None
    appearances: tuple[Appearance, ...]

    @property
    def weight(self) -> float:
        """Prominence: the salience gathered over all digests, with a floor for each mere mention."""
        return sum(0.1 + appearance.entry.salience for appearance in self.appearances)


class EntityBook(Mapping[str, Entity]):
    """All entities by id, and which entity a digest means by an id of its own."""

    def __init__(self, entities: Mapping[str, Entity], meant: Mapping[tuple[str, str], EntityId]) -> None:
        self._entities = entities
        self._meant = meant

    def __getitem__(self, id_: str) -> Entity:
        return self._entities[id_]

    def __iter__(self):  # type: ignore[no-untyped-def]  # Mapping's own signature
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)

    def meant(self, digest: Digest, local_id: str) -> Entity | None:
        """The entity that ``digest`` means by ``local_id``, or None where it names none."""
        id_ = self._meant.get((digest.id, local_id))
        return self._entities.get(id_) if id_ else None


def entity_book(digests: Iterable[Digest], decisions: Decisions | None = None) -> EntityBook:
    """Merge what all ``digests`` say into entities, following people's ``decisions``."""
    decisions = decisions or Decisions()
    groups: dict[str, list[Appearance]] = defaultdict(list)
    meant: dict[tuple[str, str], EntityId] = {}
    ordered = sorted(digests, key=lambda d: (d.article.published, d.id), reverse=True)
    resolve = _resolver(ordered, decisions)
    for digest in ordered:
        for entry in digest.entities:
            id_ = resolve(digest, entry)
            groups[id_].append(Appearance(digest, entry))
            meant[digest.id, entry.id] = EntityId(id_)
    changes = {change.id: change for change in decisions.aliases}
    entities = {id_: _entity(EntityId(id_), found, changes.get(id_)) for id_, found in groups.items()}
    return EntityBook(entities, meant)


class _resolver:  # noqa: N801  # called like the function it stands for
    """Decides which entity a digest means: splits, then kind and Wikidata, then merges."""

    def __init__(self, newest_first: list[Digest], decisions: Decisions) -> None:
        self._splits = {(d, split.id): split.into for split in decisions.splits for d in split.digests}
        self._merged = {id_: merge.into for merge in decisions.merges for id_ in merge.ids}
        self._never = {frozenset(pair) for pair in decisions.never_merge}
        self._identity: dict[str, tuple[Kind, str | None]] = {}
        self._by_wikidata: dict[str, str] = {}
        for digest in reversed(newest_first):
            for entry in digest.entities:
                self._learn(entry)

    def _learn(self, entry: DigestEntity) -> None:
        kind, item = self._identity.get(entry.id, (entry.kind, None))
        self._identity[entry.id] = (kind, item or (entry.wikidata if entry.kind == kind else None))
        if entry.wikidata:
            self._by_wikidata.setdefault(entry.wikidata, entry.id)

    def __call__(self, digest: Digest, entry: DigestEntity) -> str:
        id_ = self._splits.get((digest.id, entry.id)) or self._undisputed(entry)
        seen = {id_}
        while (into := self._merged.get(id_)) and into not in seen:
            id_ = into
            seen.add(id_)
        return id_

    def _undisputed(self, entry: DigestEntity) -> str:
        kind, item = self._identity[entry.id]
        if entry.kind != kind:
            return f"{entry.id}-{entry.kind}"
        if entry.wikidata and item and entry.wikidata != item:
            return f"{entry.id}-{entry.wikidata.lower()}"
        twin = self._by_wikidata.get(entry.wikidata or "")
        if twin and twin != entry.id and frozenset((twin, entry.id)) not in self._never:
            return twin if self._identity[twin][0] == entry.kind else entry.id
        return entry.id


def _entity(id_: EntityId, appearances: list[Appearance], change: AliasChange | None) -> Entity:
    """The newest appearance's name leads; every other spelling is an alias, once."""
    removed = set(change.remove) if change else set()
    spellings: dict[str, None] = {}
    for appearance in appearances:
        spellings.update(dict.fromkeys((appearance.entry.name, *appearance.entry.aliases)))
    if change:
        spellings.update(dict.fromkeys(change.add))
    names = [name for name in spellings if name not in removed] or [appearances[0].entry.name]
    wikidata = next((a.entry.wikidata for a in appearances if a.entry.wikidata), None)
    return Entity(id_, appearances[0].entry.kind, names[0], tuple(names[1:]), wikidata, tuple(appearances))
