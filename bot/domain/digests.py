"""The digest of one article, format 1: what a file in ``digests/`` holds.

Every statement carries evidence: 1-based numbers of the article's sentences. The model refuses a digest that
contradicts itself (evidence beyond the last sentence, a speaker who is no entity, two entities of one id), so a
digest that exists is safe to show.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any, Literal, NewType

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

FORMAT = 1

DigestId = NewType("DigestId", str)
EntityId = NewType("EntityId", str)

Kind = Literal["person", "organisation", "place", "event", "work"]
KINDS: tuple[Kind, ...] = ("person", "organisation", "place", "event", "work")

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _real_partial_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError("is not a date written YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if not year >= 1 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError("is no day of the calendar")
    return text


PartialDate = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_real_partial_date)]
"""A date as precise as it is known: ``2026``, ``2026-01`` or ``2026-01-03``."""

Evidence = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]
"""Numbers of the sentences that say it, counted from 1."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]


Undated = Literal[True] | None
"""True where nothing tells the day of publication and ``published`` is only when the text came; otherwise absent."""


class Frozen(BaseModel):
    """The base of the file's parts: unknown fields are errors, values never change."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True, allow_inf_nan=False
    )


class Statement(Frozen):
    """One sentence in our own words, with where the article says it."""

    text: Words
    evidence: Evidence


#: who published what no one knows the publisher of
NO_OUTLET = "unknown outlet"


class Outlet(Frozen):
    """Who published the article."""

    name: Name
    domain: Annotated[str, Field(max_length=253)] | None = None


class ArticleFacts(Frozen):
    """What identifies the article: everything but its text."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    outlet: Outlet
    byline: tuple[Name, ...] = ()
    published: AwareDatetime
    undated: Undated = None
    retrieved: AwareDatetime | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    sentences: Annotated[int, Field(ge=1)]
    supersedes: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class Role(Frozen):
    """An office or part someone holds, as an article states it.

    ``stated`` is the day it was stated (the article's, unless the article dates it); ``from`` and ``until`` bound
    the role itself where the article does.
    """

    title: Name
    from_: PartialDate | None = Field(default=None, alias="from")
    until: PartialDate | None = None
    stated: date
    evidence: Evidence


class Relation(Frozen):
    """How this entity stands to another of the same digest: ``Jorge`` *as* ``brother``."""

    to: Slug
    as_: Name = Field(alias="as")
    evidence: Evidence


class DigestEntity(Frozen):
    """A person, organisation, place, event or work that the article names.

    ``mentions`` are the sentences that name it; ``salience`` says how much the article is about it, 0 to 1.
    """

    id: Slug
    kind: Kind
    name: Name
    aliases: tuple[Name, ...] = ()
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = None
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: Evidence
    salience: Annotated[float, Field(ge=0, le=1)] = 0.0


class Quote(Frozen):
    """What someone said, verbatim."""

    text: Words
    speaker: Slug
    about: tuple[Slug, ...] = ()
    context: Words | None = None
    said: PartialDate | None = None
    evidence: Evidence


class Figure(Frozen):
    """A number as the article gives it; ``value`` is null where it is vague ("hundreds of billions")."""

    text: Name
    value: int | float | None
    unit: Name | None = None
    what: Name
    stated_by: Slug | None = None
    evidence: Evidence


class Event(Frozen):
    """Something that happened or will happen on a date."""

    date: PartialDate
    precision: Literal["day", "month", "year"]
    text: Words
    evidence: Evidence

    @model_validator(mode="after")
    def _date_is_as_precise_as_said(self) -> Event:
        needed = {"day": 3, "month": 2, "year": 1}[self.precision]
        if self.date.count("-") + 1 < needed:
            raise ValueError(f"date {self.date} is less precise than its precision {self.precision}")
        return self


class Made(Frozen):
    """How the digest came to be and whether a person has read it."""

    by: Annotated[str, Field(pattern=r"^(hand|extractive/[0-9]+|llm:.+)$", max_length=200)]
    at: AwareDatetime
    reviewed: AwareDatetime | None = None


class Digest(Frozen):
    """One article, digested. See the field table in README, *The digest file*."""

    format: Literal[1]
    id: Annotated[
        str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}$", max_length=120)
    ]
    article: ArticleFacts
    headline: Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
    summary: Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]
    why_it_matters: Statement | None = None
    key_points: tuple[Statement, ...] = ()
    entities: tuple[DigestEntity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    next_: tuple[Statement, ...] = Field(default=(), alias="next")
    background: tuple[Statement, ...] = ()
    topics: tuple[Slug, ...] = ()
    made: Made

    @model_validator(mode="after")
    def _holds_together(self) -> Digest:
        faults = [f"{field}: {reason}" for field, reason in contradictions(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def day(self) -> date:
        """The date of publication, as the outlet wrote it."""
        return self.article.published.date()

    @property
    def key(self) -> str:
        """The eight hexadecimal digits that end the id: short enough for a button."""
        return self.id[-8:]

    def entity(self, entity: str) -> DigestEntity | None:
        """The entity of that id in this digest, or None."""
        return next((each for each in self.entities if each.id == entity), None)


def evidence_of(digest: Digest) -> list[tuple[str, tuple[int, ...]]]:
    """Every piece of evidence in the digest with the path of the field that holds it."""
    found: list[tuple[str, tuple[int, ...]]] = []
    if digest.why_it_matters:
        found.append(("why_it_matters.evidence", digest.why_it_matters.evidence))
    lists: dict[str, tuple[Any, ...]] = {
        "key_points": digest.key_points,
        "quotes": digest.quotes,
        "figures": digest.figures,
        "events": digest.events,
        "next": digest.next_,
        "background": digest.background,
    }
    for field, items in lists.items():
        found.extend((f"{field}.{i}.evidence", item.evidence) for i, item in enumerate(items))
    for i, entity in enumerate(digest.entities):
        found.append((f"entities.{i}.mentions", entity.mentions))
        found.extend((f"entities.{i}.roles.{j}.evidence", r.evidence) for j, r in enumerate(entity.roles))
        found.extend((f"entities.{i}.relations.{j}.evidence", r.evidence) for j, r in enumerate(entity.relations))
    return found


def contradictions(digest: Digest) -> list[tuple[str, str]]:
    """What a digest says that cannot be true of itself, as (field, reason)."""
    faults: list[tuple[str, str]] = []
    last = digest.article.sentences
    for field, numbers in evidence_of(digest):
        faults.extend((field, f"sentence {n} is not there: the article has {last}") for n in numbers if n > last)
    ids = [entity.id for entity in digest.entities]
    faults.extend(
        (f"entities.{i}.id", f"{id_} is already an entity of this digest")
        for i, id_ in enumerate(ids)
        if id_ in ids[:i]
    )
    if not digest.id.startswith(digest.day.isoformat()):
        faults.append(("id", f"does not begin with the date of publication, {digest.day.isoformat()}"))
    return faults + _dangling_references(digest, set(ids))


def _dangling_references(digest: Digest, known: set[str]) -> list[tuple[str, str]]:
    references: list[tuple[str, str]] = []
    for i, quote in enumerate(digest.quotes):
        references.append((f"quotes.{i}.speaker", quote.speaker))
        references.extend((f"quotes.{i}.about.{j}", about) for j, about in enumerate(quote.about))
    references.extend(
        (f"figures.{i}.stated_by", figure.stated_by) for i, figure in enumerate(digest.figures) if figure.stated_by
    )
    for i, entity in enumerate(digest.entities):
        references.extend((f"entities.{i}.relations.{j}.to", r.to) for j, r in enumerate(entity.relations))
    return [(field, f"{id_} is no entity of this digest") for field, id_ in references if id_ not in known]


class Source(Frozen):
    """Where a shown line comes from: one digest and the sentences of its article."""

    digest: str
    outlet: str
    date: date
    undated: Undated = None
    url: str | None = None
    evidence: tuple[int, ...] = ()


def source_of(digest: Digest, evidence: tuple[int, ...] = ()) -> Source:
    """The source of something that ``digest`` says in those sentences."""
    article = digest.article
    return Source(
        digest=digest.id,
        outlet=article.outlet.name,
        date=digest.day,
        undated=article.undated,
        url=article.url,
        evidence=evidence,
    )


def as_json(digest: Digest) -> dict[str, Any]:
    """The digest as a JSON object: aliases as in the file, absent optional fields left out."""
    return digest.model_dump(mode="json", by_alias=True, exclude_none=True) | {
        "figures": [f.model_dump(mode="json", exclude_none=True) | {"value": f.value} for f in digest.figures]
    }


def newest_first(digests: list[Digest]) -> list[Digest]:
    """The digests by publication, newest first; the id settles what was published at once."""
    return sorted(digests, key=lambda d: (d.article.published, d.id), reverse=True)
