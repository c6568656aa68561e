"""Which stories a channel is told, and what of each: an edition, frozen once it is made.

What a story is to a channel (*new*, *updated*, *again*) is decided against the editions that this channel received,
from nothing but them and the digests, so the same inputs always give the same edition.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, Field

from bot.domain.accounts import StoryAccount, account_of
from bot.domain.digests import Digest, Frozen
from bot.domain.entities import EntityBook
from bot.domain.lines import same_fact
from bot.domain.stories import Story

Status = Literal["new", "updated", "again"]

#: What a channel without history is told: the last day.
FIRST_WINDOW = timedelta(hours=24)
#: After a long silence a briefing looks back no further than this; older news is for /search.
LONGEST_WINDOW = timedelta(days=7)
DEFAULT_LIMIT = 5
#: Verdicts kept in an edition for /why; beyond it only stories that were far from being chosen are dropped.
_VERDICTS_KEPT = 60


class Told(Frozen):
    """A story in an edition: the account, its number, and what it is to this channel.

    ``changes`` says what is new in an updated story: outlets, facts, corrections.
    """

    number: int
    status: Status
    account: StoryAccount
    changes: tuple[str, ...] = ()


class Verdict(Frozen):
    """Why a story is, or is not, in an edition: the stage that decided and its reasons."""

    key: str
    headline: str
    kept: bool
    stage: Literal["window", "topic", "seen", "rank", "chosen"]
    reasons: tuple[str, ...]


class Edition(Frozen):
    """What a channel is told at one time. Everything a renderer needs is inside: nothing is looked up later."""

    id: str
    title: str
    at: AwareDatetime
    timezone: str
    since: AwareDatetime
    topic: str | None = None
    notes: tuple[str, ...] = ()
    stories: tuple[Told, ...]
    verdicts: tuple[Verdict, ...] = ()
    articles: int = 0
    since_day: date | None = None
    #: Of each digest told, the hash of the text it was made of: its evidence counts the sentences of that text, and
    #: means nothing in an article that was changed since.
    texts: dict[str, str] = Field(default_factory=dict)

    @property
    def digests(self) -> frozenset[str]:
        """The ids of all digests that the edition tells of."""
        return frozenset(id_ for told in self.stories for id_ in told.account.digests)

    def numbered(self, number: int) -> Told | None:
        """The story of that number, or None."""
        return next((told for told in self.stories if told.number == number), None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a channel has been told: digests by id, and the lines it read."""

    digests: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  #: of those digests, the hash of the text last told
    since: datetime | None = None  #: where the last edition's window began
    last: datetime | None = None  #: when the last edition was due

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> Seen:
        """What these editions told, given newest first."""
        if not editions:
            return cls()
        accounts = [told.account for edition in editions for told in edition.stories]
        return cls(
            digests=frozenset(id_ for account in accounts for id_ in account.digests),
            lines=tuple(line.text for account in accounts for line in account.points),
            texts={id_: text for edition in reversed(editions) for id_, text in edition.texts.items()},
            since=editions[0].since,
            last=editions[0].at,
        )

    def told(self, digest: Digest) -> bool:
        """Whether the channel was told of it; what was corrected since under the same id is news again."""
        return digest.id in self.digests and not self.corrected(digest)

    def corrected(self, digest: Digest) -> bool:
        """Whether it was told of with another text."""
        return self.texts.get(digest.id, digest.article.sha256) != digest.article.sha256


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked of a briefing."""

    id: str
    title: str
    at: datetime
    timezone: str
    since: datetime | None = None  #: None: since what the channel has seen, else the last day
    topic: str | None = None
    limit: int = DEFAULT_LIMIT
    followed: Collection[str] = field(default=())
    notes: tuple[str, ...] = ()


def edition_of(brief: Brief, stories: Sequence[Story], book: EntityBook, seen: Seen | None = None) -> Edition:
    """Choose, rank and tell: the edition that answers ``brief``.

    A channel without history for which nothing was published in the last day is told the latest stories that there
    are, and a note says so.
    """
    seen = seen or Seen()
    stories = [story.as_of(brief.at) for story in stories]
    since, notes = _window(brief, stories, seen)
    candidates: list[tuple[float, Story, Status, tuple[str, ...]]] = []
    verdicts: list[Verdict] = []
    for story in stories:
        refusal = _refusal(story, brief, since, seen)
        if refusal:
            verdicts.append(refusal)
            continue
        score, reasons = _rank(story, brief, book)
        candidates.append((score, story, _status(story, _known(story, brief, seen), seen), reasons))
    candidates.sort(key=lambda c: (-c[0], -c[1].latest.timestamp(), c[1].key))
    told = tuple(
        _told(number, story, status, book, _known(story, brief, seen), seen)
        for number, (_, story, status, _) in enumerate(candidates[: brief.limit], start=1)
    )
    chosen = [_chosen(n, candidate, brief.limit) for n, candidate in enumerate(candidates, start=1)]
    return Edition(
        id=brief.id,
        title=brief.title,
        at=brief.at,
        timezone=brief.timezone,
        since=since,
        topic=brief.topic,
        notes=(*brief.notes, *notes),
        stories=told,
        verdicts=tuple((chosen + verdicts)[:_VERDICTS_KEPT]),
        articles=sum(len(each.account.digests) for each in told),
        since_day=seen.last.date() if seen.last else None,
        texts={d.id: d.article.sha256 for _, story, *_ in candidates[: brief.limit] for d in story.digests},
    )


def _window(brief: Brief, stories: Sequence[Story], seen: Seen) -> tuple[datetime, tuple[str, ...]]:
    if brief.since:
        return brief.since, ()
    if seen.since:
        return max(seen.since, brief.at - LONGEST_WINDOW), ()
    since = brief.at - FIRST_WINDOW
    past = [s.latest for s in stories if s.latest <= brief.at and (not brief.topic or brief.topic in s.topics)]
    latest = sorted(past, reverse=True)[: brief.limit]
    if not latest or latest[0] > since:
        return since, ()
    return latest[-1] - timedelta(seconds=1), (
        f"Nothing was published in the last 24 hours; these are the latest stories, up to {_day(latest[0])}.",
    )


def _refusal(story: Story, brief: Brief, since: datetime, seen: Seen) -> Verdict | None:
    """The verdict against a story, from the first stage that refuses it; None where it may be told."""
    fresh = [d for d in story.digests if since < d.article.published <= brief.at]
    stage: Literal["window", "topic", "seen"]
    if not fresh:
        moment = "after this edition" if story.latest > brief.at else f"on {_day(story.latest)}, before the window"
        stage, reason = "window", f"last published {moment} ({since:%d %b %H:%M} to {brief.at:%d %b %H:%M} UTC)"
    elif brief.topic and brief.topic not in story.topics:
        stage, reason = "topic", f"topics are {', '.join(story.topics) or 'none'}, not {brief.topic}"
    elif brief.since is None and all(seen.told(d) for d in fresh):
        stage, reason = "seen", "told before in this channel, and nothing was added since"
    else:
        return None
    return Verdict(key=story.key, headline=story.lead.headline, kept=False, stage=stage, reasons=(reason,))


def _known(story: Story, brief: Brief, seen: Seen) -> frozenset[str]:
    """The story's digests that the asker has been told: by this channel, or by an asker who said since when."""
    return frozenset(
        d.id
        for d in (*story.digests, *story.superseded)
        if seen.told(d) or (brief.since and d.article.published <= brief.since)
    )


def _status(story: Story, known: frozenset[str], seen: Seen) -> Status:
    if not known and not any(seen.corrected(d) for d in story.digests):
        return "new"
    return "again" if all(d.id in known for d in story.digests) else "updated"


def _rank(story: Story, brief: Brief, book: EntityBook) -> tuple[float, tuple[str, ...]]:
    """How much a story belongs at the top, with the reasons.

    Outlets weigh most (that several report it is the best sign of weight there is offline), then how lately it
    moved, then how much happened; whom the asker follows lifts a story above all but the widest reported.
    """
    hours = max(0.0, (brief.at - story.latest).total_seconds() / 3600)
    outlets, articles = len(story.outlets), len(story.digests)
    score = 2.0 * math.log2(1 + outlets) + 2.0 * 0.5 ** (hours / 24) + 0.5 * math.log2(articles)
    reasons = [
        f"{_count(articles, 'article')} from {_count(outlets, 'outlet')}",
        f"last published {_day(story.latest)}, {_ago(hours)} before the edition",
    ]
    named = {e.id for d in story.digests for entry in d.entities if (e := book.meant(d, entry.id))}
    if followed := sorted(named & set(brief.followed)):
        score += 2.0
        reasons.append(f"names {', '.join(book[id_].name for id_ in followed)}, whom you follow")
    return score, tuple(reasons)


def _chosen(number: int, candidate: tuple[float, Story, Status, tuple[str, ...]], limit: int) -> Verdict:
    score, story, status, reasons = candidate
    kept = number <= limit
    place = f"rank {number} (score {score:.1f})" + ("" if kept else f"; the edition holds {limit}")
    return Verdict(
        key=story.key,
        headline=story.lead.headline,
        kept=kept,
        stage="chosen" if kept else "rank",
        reasons=(f"{status} to this channel", *reasons, place),
    )


def _told(number: int, story: Story, status: Status, book: EntityBook, known: frozenset[str], seen: Seen) -> Told:
    account = account_of(story, book)
    changes = _changes(story, account, known, seen) if status == "updated" else ()
    return Told(number=number, status=status, account=account, changes=changes)


def _changes(story: Story, account: StoryAccount, known: frozenset[str], seen: Seen) -> tuple[str, ...]:
    """What an updated story adds to what was read: corrections first, then facts, then outlets."""
    fresh = [d for d in story.digests if d.id not in known]
    old = [d for d in (*story.digests, *story.superseded) if d.id in known]
    ids = {d.id for d in fresh}
    before = [*seen.lines, *(point.text for d in old for point in d.key_points)]
    replaced = [d for d in fresh if d.article.supersedes in known or seen.corrected(d)]
    corrected = list(dict.fromkeys(f"corrected by {d.article.outlet.name}" for d in replaced))
    facts = [
        line.text
        for line in account.points
        if all(source.digest in ids for source in line.sources) and not any(same_fact(line.text, b) for b in before)
    ]
    outlets = sorted({d.article.outlet.name for d in fresh} - {d.article.outlet.name for d in (*old, *replaced)})
    also = [f"now also reported by {', '.join(outlets)}"] if outlets else []
    return tuple(corrected + facts[:2] + also)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _ago(hours: float) -> str:
    return _count(round(hours), "hour") if hours < 48 else _count(round(hours / 24), "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
