"""Entities as the digest's file holds them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Set
from datetime import date

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.relations import FoundRelation
from bot.digesters.extractive.roles import FoundRole
from bot.digesters.extractive.text import Reading
from bot.domain.digests import DigestEntity, Relation, Role

# Beyond these an article names things in passing: a reader would not look them up here.
_MOST, _MOST_ROLES = 60, 4


def entities_of(
    reading: Reading, cast: Cast, roles: list[FoundRole], relations: list[FoundRelation], needed: Set[str]
) -> tuple[DigestEntity, ...]:
    """The cast as records, most salient first; ``needed`` are ids that other parts refer to."""
    said: dict[str, list[FoundRole]] = defaultdict(list)
    for role in roles:
        said[role.who].append(role)
    ties: dict[str, list[FoundRelation]] = defaultdict(list)
    for tie in relations:
        ties[tie.who].append(tie)
    weights = _salience(reading, cast)
    ranked = sorted(cast, key=lambda p: -weights[p.id])
    kept = [p for i, p in enumerate(ranked) if i < _MOST or p.id in needed]
    ids = {p.id for p in kept}
    return tuple(_record(reading, p, said[p.id], [t for t in ties[p.id] if t.to in ids], weights[p.id]) for p in kept)


def _record(
    reading: Reading, person: Person, roles: list[FoundRole], ties: list[FoundRelation], salience: float
) -> DigestEntity:
    stated = reading.article.published.date()
    return DigestEntity(
        id=person.id,
        kind=person.kind,
        name=person.name,
        aliases=_aliases(person),
        roles=tuple(_role(r, stated) for r in roles[:_MOST_ROLES]),
        relations=tuple(Relation.model_validate({"to": t.to, "as": t.as_, "evidence": (t.line,)}) for t in ties),
        mentions=tuple(person.lines),
        salience=salience,
    )


def _role(role: FoundRole, stated: date) -> Role:
    known = {"title": role.title, "from": role.from_, "until": role.until, "stated": stated, "evidence": (role.line,)}
    return Role.model_validate(known)


def _aliases(person: Person) -> tuple[str, ...]:
    counts = Counter(re.sub(r"^[Tt]he ", "", span.text) for span in person.spans)
    # "The University" means this one here, and another one in the next article.
    heads = lexicon.words("org-heads") | lexicon.words("place-heads") if person.kind != "person" else frozenset[str]()
    return tuple(text for text, _ in counts.most_common() if text != person.name and fold(text) not in heads)[:12]


def _salience(reading: Reading, cast: Cast) -> dict[str, float]:
    """Shares of mentions, more for the title and the first sentences."""
    most = {
        person: max((len(p.spans) for p in cast if (p.kind == "person") == person), default=1)
        for person in (True, False)
    }
    title = reading.article.title.casefold()
    first = [line.number for line in reading.body[:2]]
    found = {}
    for person in cast:
        share = 0.55 * len(person.spans) / most[person.kind == "person"]
        in_title = 0.25 if any(span.text.casefold() in title for span in person.spans) else 0.0
        in_lead = 0.2 if any(n in first for n in person.lines) else 0.0
        found[person.id] = round(min(1.0, share + in_title + in_lead), 3)
    return found
