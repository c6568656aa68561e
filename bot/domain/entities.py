"""Who is who across digests: entities merged from what each digest says, and people's decisions about identity.

Two digests mean the same entity when they use one id, or name one Wikidata item, or surely one person (see
:mod:`bot.domain.namesakes`). They never do when the kinds differ, when both name different Wikidata items, or when a
person decided so in ``digests/entities.json``.
Equal names alone merge nothing: homonyms stay apart and are told apart by what the digests say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.digests import Digest, DigestEntity, EntityId, Frozen, Kind, Name, Slug
from bot.domain.namesakes import Namesakes, offices_in


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
    """One person, organisation, place, event or work, from every digest that names it (newest first).

    Digests of articles that were corrected since are not among them.
    """

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

    def __init__(self, entities: Mapping[str, Entity], meant: Mapping[str, Mapping[str, EntityId]]) -> None:
        """``meant`` has, by digest and by the id that the digest uses, the entity's id."""
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
        id_ = self._meant.get(digest.id, {}).get(local_id)
        return self._entities.get(id_) if id_ else None

    def named_by(self, digest: Digest) -> Iterable[EntityId]:
        """The ids of the entities that ``digest`` names."""
        return self._meant.get(digest.id, {}).values()


def entity_book(digests: Iterable[Digest], decisions: Decisions | None = None) -> EntityBook:
    """Merge what all ``digests`` say into entities, following people's ``decisions``."""
    registry = EntityRegistry(decisions)
    registry.change(digests)
    return registry.book()


class EntityRegistry:
    """Who is who in a set of digests, kept as it changes; a change costs what its names have been in."""

    def __init__(self, decisions: Decisions | None = None) -> None:
        decisions = decisions or Decisions()
        self._splits = {(d, split.id): split.into for split in decisions.splits for d in split.digests}
        self._merged = {id_: merge.into for merge in decisions.merges for id_ in merge.ids}
        self._never = {frozenset(pair) for pair in decisions.never_merge}
        self._aliases = {change.id: change for change in decisions.aliases}
        self._digests: dict[str, Digest] = {}
        # What digests say, by the id they use and by the Wikidata item they name, each oldest first.
        self._stated: dict[str, list[Appearance]] = {}
        self._items: dict[str, list[Appearance]] = {}
        self._identity: dict[str, tuple[Kind, str | None]] = {}
        self._twins: dict[str, str] = {}
        self._namesakes = Namesakes(self._never, self._settled)
        self._meant: dict[str, dict[str, EntityId]] = {}
        self._groups: dict[str, dict[tuple[str, str], Appearance]] = {}
        self._entities: dict[str, Entity] = {}
        self._corrected: frozenset[str] = frozenset()

    def book(self) -> EntityBook:
        """Who is who now; it does not change with the registry."""
        return EntityBook(dict(self._entities), dict(self._meant))

    def change(self, digests: Iterable[Digest] = (), gone: Iterable[str] = ()) -> set[str]:
        """Take ``digests`` in, each in the place of an earlier one of its id, and forget those ``gone``.

        Returns:
            The ids of all entities that changed, came or went.
        """
        new = {digest.id: digest for digest in digests}
        old = [digest for id_ in {*gone, *new} if (digest := self._digests.pop(id_, None))]
        touched: set[str] = set()
        for digest in old:
            touched.update(self._forget(digest))
        for digest in new.values():
            self._state(digest)
        for id_ in self._reidentified([entry for digest in (*old, *new.values()) for entry in digest.entities]):
            for appearance in self._stated.get(id_, ()):
                if appearance.digest.id not in new:
                    touched.update(self._enter(appearance))
        for digest in new.values():
            for entry in digest.entities:
                touched.update(self._enter(Appearance(digest, entry)))
        for id_ in touched:
            self._tell(id_)
        return touched

    def correct(self, digests: frozenset[str]) -> set[str]:
        """Hear of nobody any more what only these ``digests`` say, by id: their articles were corrected.

        Returns:
            The ids of all entities that changed, came or went.
        """
        changed = self._corrected ^ digests
        self._corrected = digests
        touched: set[str] = {id_ for digest in changed for id_ in self._meant.get(digest, {}).values()}
        for id_ in touched:
            self._tell(id_)
        return touched

    def _state(self, digest: Digest) -> None:
        self._digests[digest.id] = digest
        self._meant[digest.id] = {}
        for entry in digest.entities:
            self._stated.setdefault(entry.id, []).append(Appearance(digest, entry))
            if entry.wikidata:
                self._items.setdefault(entry.wikidata, []).append(Appearance(digest, entry))

    def _forget(self, digest: Digest) -> set[str]:
        for entry in digest.entities:
            for by, key in ((self._stated, entry.id), (self._items, entry.wikidata)):
                if key and key in by:
                    by[key] = [known for known in by[key] if known.digest is not digest]
        meant = self._meant.pop(digest.id)
        for local, id_ in meant.items():
            self._groups[id_].pop((digest.id, local), None)
        return set(meant.values())

    def _reidentified(self, entries: Sequence[DigestEntity]) -> set[str]:
        """Settle the kind and item that each of their ids first has, and the id that each of their items first has.

        Returns:
            The ids whose statements may mean another entity now.
        """
        changed = set()
        for id_ in {entry.id for entry in entries}:
            stated = self._stated.get(id_)
            if not stated:
                self._stated.pop(id_, None)
                self._identity.pop(id_, None)
                continue
            stated.sort(key=_oldest_first)
            kind = stated[0].entry.kind
            named = (a.entry.wikidata for a in stated if a.entry.kind == kind and a.entry.wikidata)
            identity = kind, next(named, None)
            if self._identity.get(id_) != identity:
                self._identity[id_] = identity
                changed.add(id_)
        for item in {entry.wikidata for entry in entries if entry.wikidata}:
            stated = self._items.get(item, [])
            stated.sort(key=_oldest_first)
            twin = stated[0].entry.id if stated else ""
            if self._twins.get(item, "") != twin or twin in changed:
                changed.update(a.entry.id for a in stated)
            self._twins[item] = twin
        for id_ in {entry.id for entry in entries}:
            changed.update(self._namesakes.note(id_, self._offices(id_)))
        for id_ in tuple(changed):
            named_items = {a.entry.wikidata for a in self._stated.get(id_, ()) if a.entry.wikidata}
            changed.update(a.entry.id for item in named_items for a in self._items[item])
        return changed

    def _offices(self, id_: str) -> frozenset[str] | None:
        """What the person of that id is said to hold; None where it is nobody's."""
        if id_ not in self._identity or self._identity[id_][0] != "person":
            return None
        entries = (a.entry for a in self._stated[id_] if a.entry.kind == "person")
        return offices_in(role.title for entry in entries for role in entry.roles)

    def _enter(self, appearance: Appearance) -> Iterator[str]:
        """File what is said under the entity that is meant; which entities that changes."""
        digest, entry = appearance.digest, appearance.entry
        id_, meant = EntityId(self._resolved(digest, entry)), self._meant[digest.id]
        before = meant.get(entry.id)
        if before == id_:
            return
        if before:
            meant = self._meant[digest.id] = dict(meant)  # books that are in use keep the earlier one
            self._groups[before].pop((digest.id, entry.id), None)
            yield before
        meant[entry.id] = id_
        self._groups.setdefault(id_, {})[digest.id, entry.id] = appearance
        yield id_

    def _tell(self, id_: str) -> None:
        group = self._groups.get(id_, {})
        standing = [appearance for (digest, _), appearance in group.items() if digest not in self._corrected]
        if standing:
            found = sorted(standing, key=_oldest_first, reverse=True)
            self._entities[id_] = _entity(EntityId(id_), found, self._aliases.get(id_))
        else:
            self._entities.pop(id_, None)
        if not group:
            self._groups.pop(id_, None)

    def _resolved(self, digest: Digest, entry: DigestEntity) -> str:
        """The entity that is meant: by splits, then kind and Wikidata, then merges."""
        return self._settled(self._splits.get((digest.id, entry.id)) or self._undisputed(entry))

    def _settled(self, id_: str) -> str:
        """What people merged it into."""
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
        twin = self._twins.get(entry.wikidata or "")
        if twin and twin != entry.id and frozenset((twin, entry.id)) not in self._never:
            return twin if self._identity[twin][0] == entry.kind else entry.id
        return self._namesakes.meant(entry.id, (r.title for r in entry.roles)) if kind == "person" else entry.id


def _oldest_first(appearance: Appearance) -> tuple[datetime, str, str]:
    return appearance.digest.article.published, appearance.digest.id, appearance.entry.id


def _entity(id_: EntityId, appearances: list[Appearance], change: AliasChange | None) -> Entity:
    """The newest name under its own id leads; every other spelling is an alias, once."""
    removed = set(change.remove) if change else set()
    spellings: dict[str, None] = {}
    for appearance in sorted(appearances, key=lambda a: a.entry.id != id_):
        spellings.update(dict.fromkeys((appearance.entry.name, *appearance.entry.aliases)))
    if change:
        spellings.update(dict.fromkeys(change.add))
    names = [name for name in spellings if name not in removed] or [appearances[0].entry.name]
    wikidata = next((a.entry.wikidata for a in appearances if a.entry.wikidata), None)
    return Entity(id_, appearances[0].entry.kind, names[0], tuple(names[1:]), wikidata, tuple(appearances))
