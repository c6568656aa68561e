"""People's decisions about identity: two names are one, one name is two, another name. They outlive re-ingestion."""

from __future__ import annotations

from bot.domain.articles import slug
from bot.domain.entities import AliasChange, Decisions, Entity, Merge, Split
from bot.domain.errors import BadRequest, NotFound
from bot.messages.actions import ask
from bot.messages.compose.lists import buttons, notice
from bot.messages.model import Choices, Message
from bot.services.answers.references import entity_meant
from bot.services.catalogue import Request
from bot.services.newsroom import Newsroom


async def merge(room: Newsroom, request: Request) -> Message:
    """Two entities are the same one."""
    library = room.library.current
    gone, kept = entity_meant(library, request, "name"), entity_meant(library, request, "into")
    decisions = await room.digests.decisions()
    await room.digests.decide(merged(decisions, gone, kept))
    await room.library.refresh()
    return notice(f"{gone.name} ({gone.id}) and {kept.name} ({kept.id}) are one from now on.", _open(kept.id))


def merged(decisions: Decisions, gone: Entity, kept: Entity) -> Decisions:
    """The decisions with ``gone`` meaning ``kept``.

    Raises:
        BadRequest: they are one already, of different kinds, or decided never to be one.
    """
    if gone.id == kept.id:
        raise BadRequest(f"{gone.name} and {kept.name} are one entity already ({kept.id}).", "Nothing to do.")
    if gone.kind != kept.kind:
        hint = "If a digest is wrong about the kind, correct the digest."
        raise BadRequest(f"{gone.name} is a {gone.kind}, {kept.name} a {kept.kind}.", hint)
    if {gone.id, kept.id} in [set(pair) for pair in decisions.never_merge]:
        hint = "Take the pair out of never_merge in entities.json first."
        raise BadRequest(f"{gone.id} and {kept.id} were decided never to be one.", hint)
    merges = [m.model_copy(update={"into": kept.id}) if m.into == gone.id else m for m in decisions.merges]
    here = next((m for m in merges if m.into == kept.id), None)
    joined = Merge(into=kept.id, ids=(*(here.ids if here else ()), gone.id))
    rest = [m for m in merges if m is not here]
    return decisions.model_copy(update={"merges": (*rest, joined)})


async def split(room: Newsroom, request: Request) -> Message:
    """In one digest, the name means another entity."""
    library = room.library.current
    entity = entity_meant(library, request, "name")
    wanted = request.options["digest"].strip()
    digest = next((d for d in library.digests.values() if wanted in (d.id, d.key)), None)
    if digest is None:
        raise NotFound(f"There is no digest {wanted[:60]}.", "The sources of a story name its digests.")
    local = next((e.id for e in digest.entities if library.book.meant(digest, e.id) is entity), None)
    if local is None:
        raise BadRequest(f"{digest.id} does not name {entity.name}.", "Choose one of the digests that do.")
    into = slug(request.options["into"], 64)
    if into in library.book:
        raise BadRequest(
            f"{into} is an entity already.", "Choose a new id; to join it with that one, merge afterwards."
        )
    decisions = await room.digests.decisions()
    splits = (*decisions.splits, Split(id=local, digests=(digest.id,), into=into))
    await room.digests.decide(decisions.model_copy(update={"splits": splits}))
    await room.library.refresh()
    return notice(f"In {digest.id}, {entity.name} is another: {into}.", _open(into))


async def alias(room: Newsroom, request: Request) -> Message:
    """An entity is also called by another name."""
    entity = entity_meant(room.library.current, request, "name")
    name = request.options["alias"].strip()[:300]
    if name in (entity.name, *entity.aliases):
        raise BadRequest(f"{entity.name} is found by “{name}” already.", "Nothing to do.")
    decisions = await room.digests.decisions()
    await room.digests.decide(with_alias(decisions, entity.id, name))
    await room.library.refresh()
    return notice(f"{entity.name} is now also found by “{name}”.", _open(entity.id))


def with_alias(decisions: Decisions, id_: str, name: str) -> Decisions:
    """The decisions with one more name for ``id_``."""
    known = next((change for change in decisions.aliases if change.id == id_), AliasChange(id=id_))
    removed = tuple(each for each in known.remove if each != name)
    changed = known.model_copy(update={"add": (*known.add, name), "remove": removed})
    rest = tuple(change for change in decisions.aliases if change.id != id_)
    return decisions.model_copy(update={"aliases": (*rest, changed)})


def _open(id_: str) -> Choices:
    return buttons(("Open the card", ask("who", name=id_)))
