"""Who is meant: names to entities, decided by the index's rule, never guessed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.domain.accounts import Named
from bot.domain.dossiers import Candidate, Dossier, Identified, dossier_of, hint_of
from bot.domain.entities import Entity
from bot.domain.namesakes import generation_of, office_of, offices_in, surname_of
from bot.index import Ambiguous, Found, Match, Unknown, verdict
from bot.services.library import Snapshot

_CONSIDERED = 8
_OTHERS = 4
# 50 ms of edit distances; a name in a larger library has neighbours in the index.
_SEARCHED_WHOLE = 50_000
# Out of 100: below it two names have little more than their length in common.
_LOOKS_LIKE = 35
# Reasons that need no explaining to whoever asked.
_AS_WRITTEN = ("", "exact", "folded", "reordered")


def match_of(library: Snapshot, query: str) -> Identified:
    """What ``query`` means, without anybody's card: a name in any spelling, or an entity's id as a button carries it.

    Found, the entity is the first candidate and the runners-up follow.
    """
    exact = library.book.get(query)
    if exact:
        only = Candidate(id=exact.id, kind=exact.kind, name=exact.name, score=1.0, hint=hint_of(exact))
        return Identified(query=query, status="found", candidates=(only,))
    matches = library.named(query, limit=_CONSIDERED)
    alike: Sequence[Match]
    match verdict(matches):
        case Unknown(nearest=nearest):
            candidates = candidates_of(library, nearest) or nearest_names(library, query)
            return Identified(query=query, status="unknown", candidates=candidates)
        case Found(match=best):
            # Someone of whom an article tells no more than the surname may be any of those who bear it.
            family = (m for m in matches if m.kind == best.kind == "person" and surname_of(m.id) == best.id)
            alike = [*family, best]
        case Ambiguous(matches=alike):
            pass
    alike = _told_apart(library, query, alike)
    if len(alike) > 1:
        return Identified(query=query, status="ambiguous", candidates=candidates_of(library, alike))
    found, others = alike[0], [m for m in matches if m.id != alike[0].id]
    candidates = candidates_of(library, (found, *others))
    return Identified(query=query, status="found", candidates=candidates, how=_how(found))


def _told_apart(library: Snapshot, query: str, alike: Sequence[Match]) -> Sequence[Match]:
    """Those of ``alike`` whom the rest of the query fits: of a father and a son, or by the office it names."""
    words, generation = query.split(), generation_of(query)
    if generation or len(words) > 1:
        alike = [m for m in alike if generation_of(m.name) == generation] or alike
    office = office_of(" ".join(words[:-1]))
    holding = [m for m in alike if office and office in _offices(library.book[m.id])]
    return holding if len(holding) == 1 else alike


def _offices(entity: Entity) -> frozenset[str]:
    return offices_in(role.title for appearance in entity.appearances for role in appearance.entry.roles)


def nearest_names(library: Snapshot, query: str) -> tuple[Candidate, ...]:
    """The names that look most like ``query``, for when the index knows nothing of it: offered, never answered.

    Looked for by plain edit distance over every name, so only in libraries where that takes a moment.
    """
    if len(library.book) > _SEARCHED_WHOLE:
        return ()
    names = {id_: entity.name for id_, entity in library.book.items()}
    found = process.extract(
        query, names, scorer=fuzz.ratio, processor=default_process, limit=3, score_cutoff=_LOOKS_LIKE
    )
    matched = [(library.book[id_], score) for _, score, id_ in found]
    return tuple(
        Candidate(id=e.id, kind=e.kind, name=e.name, score=round(score / 250, 3), hint=hint_of(e))
        for e, score in matched
    )


def identify(library: Snapshot, query: str, now: datetime) -> Identified:
    """What ``query`` means, with the entity's card where it is clear."""
    matched = match_of(library, query)
    if matched.status != "found":
        return matched
    first, *others = matched.candidates
    dossier = card(library, library.book[first.id], now)
    named = tuple(Named(id=o.id, name=o.name, kind=o.kind) for o in others[:_OTHERS])
    return matched.model_copy(update={"entity": dossier.model_copy(update={"others": named})})


def card(library: Snapshot, entity: Entity, now: datetime) -> Dossier:
    """The entity's dossier."""
    return dossier_of(entity, library.book, library.stories_by_entity.get(entity.id, ()), now)


def candidates_of(library: Snapshot, matches: Iterable[Match]) -> tuple[Candidate, ...]:
    """The matches as a choice: each with what tells it apart."""
    return tuple(
        Candidate(id=m.id, kind=entity.kind, name=entity.name, score=round(m.score, 3), hint=hint_of(entity))
        for m in matches
        if (entity := library.book.get(m.id))
    )


def _how(found: Match) -> str:
    """Why the spelling was taken for this entity; silent where the name itself was asked."""
    if found.reason in _AS_WRITTEN:
        return ""
    return f"Found by {found.reason}: {found.alias}."


def names_in(library: Snapshot, text: str, limit: int = 25) -> tuple[Entity, ...]:
    """The entities whose name or alias occurs in ``text`` as written, most prominent first.

    Only whole names of the index count; a surname alone counts where it can mean but one.
    """
    words = text.split()
    found: dict[str, Entity] = {}
    for start in range(min(len(words), 400)):
        for length in (5, 4, 3, 2, 1):
            phrase = " ".join(words[start : start + length]).strip("\"'“”‘’.,;:!?()[]<>*_")
            if len(phrase) < 3 or not phrase[0].isupper():
                continue
            decision = verdict(library.named(phrase, limit=3))
            if isinstance(decision, Found) and decision.match.reason in ("exact", "folded"):
                found.setdefault(decision.match.id, library.book[decision.match.id])
                break
    return tuple(sorted(found.values(), key=lambda entity: -entity.weight)[:limit])
