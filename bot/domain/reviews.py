"""What people change in digests, and how it outlives the article's next version.

A person's edit is never recorded by itself: it is the difference between what a digester made of a text and what the
reviewed digest says. When the article is digested again, that difference is carried over; everything else is new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot.domain.articles import Article
from bot.domain.digests import Digest, Frozen, as_json
from bot.domain.errors import BadRequest, UnsupportedClaim

#: What identifies a digest and says how it came to be; a person edits none of it.
FIXED = ("format", "id", "article", "made")
_WHOLE = ("headline", "summary", "why_it_matters", "topics")
_LISTS = ("key_points", "quotes", "figures", "events", "next_", "background")


def approved(digest: Digest, at: datetime) -> Digest:
    """``digest``, read by a person at ``at`` and found right."""
    return digest.model_copy(update={"made": digest.made.model_copy(update={"reviewed": at})})


def edited(digest: Digest, document: Mapping[str, Any], at: datetime, article: Article | None = None) -> Digest:
    """``digest`` as a person rewrote it, and thereby reviewed it at ``at``.

    Args:
        digest: what was there.
        document: the whole digest as a JSON object, as :func:`bot.domain.digests.as_json` gives it, with changes.
        at: when.
        article: the article's sentences, where they are kept; quotations are then checked against them.

    Raises:
        BadRequest: it is no digest, or changes what identifies it.
        UnsupportedClaim: a quotation is not in the sentences it gives as evidence.
    """
    before = as_json(digest)
    for field in FIXED:
        if field in document and document[field] != before[field]:
            raise BadRequest(f"{field} of a digest cannot be edited.", "Leave it as it is and save again.")
    try:
        changed = Digest.model_validate({**document, **{field: before[field] for field in FIXED}})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the digest"
        raise BadRequest(f"{where}: {first['msg']}.", "Correct it and save again.") from None
    faults = unsupported(changed, article) if article else []
    if faults:
        raise UnsupportedClaim(f"{faults[0][0]}: {faults[0][1]}.", "Correct it and save again.")
    return approved(changed, at)


def unsupported(digest: Digest, article: Article) -> list[tuple[str, str]]:
    """Quotations that are not verbatim in their evidence, as (field, reason); empty where all are."""
    faults = []
    for i, quote in enumerate(digest.quotes):
        sentences = " ".join(article.sentence(n) for n in quote.evidence if n <= len(article.sentences))
        if _spaced(quote.text) not in _spaced(sentences):
            faults.append((f"quotes.{i}.text", "these words are not in the sentences given as evidence"))
    return faults


_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def doubts(before: Digest, after: Digest, article: Article) -> list[tuple[str, str]]:
    """Numbers that a person put into a line and that its sentences do not hold, as (field, number)."""
    found = []
    for field in _LISTS:
        old = {_words(part) for part in getattr(before, field)}
        for i, part in enumerate(getattr(after, field)):
            if _words(part) not in old:
                sentences = " ".join(article.sentence(n) for n in part.evidence if n <= len(article.sentences))
                held = set(_NUMBER.findall(sentences))
                found += [(f"{field.strip('_')}.{i}", n) for n in _NUMBER.findall(_words(part)) if n not in held]
    return found


def _words(part: Any) -> str:
    return f"{part.text} {getattr(part, 'what', '')}"


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@dataclass(frozen=True, slots=True)
class Carried:
    """A digest made anew, with what a person had changed."""

    digest: Digest
    lost: tuple[str, ...]  #: paths of changes that could not be kept: their sentences are gone from the article


def carried(base: Digest | None, reviewed: Digest, fresh: Digest, old: Article, new: Article) -> Carried:
    """``fresh`` with everything a person changed in ``reviewed``.

    Args:
        base: what a digester made of the old article; None where that is not known, and all of ``reviewed`` is then
            taken for the person's.
        reviewed: the digest that a person changed or approved.
        fresh: what a digester made of the new article.
        old: the article that ``reviewed`` digests.
        new: the article that ``fresh`` digests.

    Returns:
        The digest, approved only where the text is the same; and what could not be carried over.
    """
    mover = _Mover(_moves(old.sentences, new.sentences), fresh)
    update: dict[str, Any] = {}
    for field in _WHOLE:
        mine = getattr(reviewed, field)
        if base is None or mine != getattr(base, field):
            moved = mover.moved(field, mine)
            update |= {field: moved} if moved is not None or mine is None else {}
    for field in ("entities", *_LISTS):
        mine, theirs = getattr(reviewed, field), getattr(fresh, field)
        if base is None:
            update[field] = mover.all_moved(field, mine)
        elif mine != getattr(base, field):
            update[field] = mover.merged(field, getattr(base, field), mine, theirs)
        if field == "entities" and field in update:
            mover.known = {entity.id for entity in update[field]}
    same = reviewed.article.sha256 == fresh.article.sha256
    made = fresh.made.model_copy(update={"reviewed": reviewed.made.reviewed if same else None})
    return Carried(_whole(fresh.model_copy(update={**update, "made": made})), tuple(mover.lost))


def _moves(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Where each old sentence stands in the new text; sentences that are gone are absent."""
    places: dict[str, int] = {}
    for number, sentence in enumerate(new, 1):
        places.setdefault(_spaced(sentence), number)
    return {n: places[key] for n, sentence in enumerate(old, 1) if (key := _spaced(sentence)) in places}


def _whole(digest: Digest) -> Digest:
    """``digest`` without references to entities that are gone, checked as a whole."""
    ids = {entity.id for entity in digest.entities}
    entities = tuple(
        e.model_copy(update={"relations": tuple(r for r in e.relations if r.to in ids)}) for e in digest.entities
    )
    quotes = tuple(
        q.model_copy(update={"about": tuple(a for a in q.about if a in ids)}) for q in digest.quotes if q.speaker in ids
    )
    figures = tuple(
        f if f.stated_by is None or f.stated_by in ids else f.model_copy(update={"stated_by": None})
        for f in digest.figures
    )
    changed = digest.model_copy(update={"entities": entities, "quotes": quotes, "figures": figures})
    return Digest.model_validate(changed.model_dump(by_alias=True))


class _Mover:
    """Carries parts of a digest from one numbering of sentences to another."""

    def __init__(self, moves: Mapping[int, int], fresh: Digest) -> None:
        self._moves = moves
        self.known = {entity.id for entity in fresh.entities}
        self.lost: list[str] = []

    def moved(self, path: str, part: Any) -> Any:
        """``part`` with its evidence renumbered; None where its sentences are gone."""
        if not isinstance(part, Frozen):
            return part
        document = part.model_dump(by_alias=True)
        if not self._renumber(document):
            self.lost.append(path)
            return None
        return type(part).model_validate(document)

    def _renumber(self, document: dict[str, Any]) -> bool:
        """Renumber evidence, at every depth; False where none of a part's own is left."""
        for key in ("evidence", "mentions"):
            if key in document:
                document[key] = tuple(sorted({self._moves[n] for n in document[key] if n in self._moves}))
                if not document[key]:
                    return False
        for key, value in document.items():
            if isinstance(value, tuple | list) and value and isinstance(value[0], dict):
                document[key] = tuple(each for each in value if self._renumber(each))
        return True

    def all_moved(self, field: str, parts: Sequence[Any]) -> tuple[Any, ...]:
        """All parts that can be carried over."""
        found = (self.moved(f"{field}.{i}", part) for i, part in enumerate(parts))
        return tuple(part for part in found if part is not None and self._refers_well(part))

    def _refers_well(self, part: Any) -> bool:
        speaker = getattr(part, "speaker", None)
        return speaker is None or speaker in self.known

    def merged(self, field: str, base: Sequence[Any], mine: Sequence[Any], fresh: Sequence[Any]) -> tuple[Any, ...]:
        """The fresh list without what the person took out, and with what the person put in or rewrote."""
        dropped = {_likeness(part) for part in base if part not in mine}
        own = [(i, part) for i, part in enumerate(mine) if part not in base]
        moved = [each for i, part in own if (each := self.moved(f"{field}.{i}", part)) is not None]
        taken = {_likeness(part) for part in moved}
        kept = [part for part in fresh if _likeness(part) not in dropped | taken]
        return tuple(part for part in (*moved, *kept) if self._refers_well(part))


def _likeness(part: Any) -> str:
    """What makes two parts the same thing: an entity's id, a statement's words."""
    return str(getattr(part, "id", None) or _spaced(part.text).casefold())
