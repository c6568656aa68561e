"""An edition as a message: one card a story, the details in its thread."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.briefings import Edition, Told
from bot.messages.actions import OpenPage, ask
from bot.messages.compose.notes import Footnotes
from bot.messages.compose.story import details_message
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choice,
    Choices,
    Code,
    Emphasis,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Strong,
    linked,
    plain,
)

#: What a reader takes in at a glance; the rest is behind "More".
_POINTS = 3
_WHO = 4


def briefing_message(edition: Edition, details: bool = False) -> Message:
    """The briefing; with ``details`` each story's quotations, figures, dates and sources follow in the thread."""
    local = edition.at.astimezone(ZoneInfo(edition.timezone))
    blocks: list[Block] = [Heading(edition.title, level=1), Note(plain(f"{_when(local, edition)}\n{_counts(edition)}"))]
    blocks += [Note((Emphasis(note),)) for note in edition.notes]
    if not edition.stories:
        blocks.append(Paragraph(plain(_nothing(edition))))
    blocks += [story_card(told) for told in edition.stories]
    blocks.append(_foot(edition))
    return Message(
        title=f"{edition.title} · {local:%a} {local.day} {local:%b %Y}",
        blocks=tuple(blocks),
        summary=_summary(edition, local),
        tone="news",
        thread=tuple(details_message(told.account, told.number) for told in edition.stories) if details else (),
    )


def story_card(told: Told) -> Card:
    """One story of a briefing: headline, why it matters, what is new, the points, who, sources, buttons."""
    account, notes = told.account, Footnotes()
    body: list[Paragraph | Bullets | Note] = []
    if account.why:
        body.append(
            Paragraph((Emphasis("Why it matters: "), Plain(account.why.text), *notes.mark(account.why.sources)))
        )
    points = [(Plain(p.text), *notes.mark(p.sources)) for p in account.points[:_POINTS]]
    if told.changes:
        body.append(Paragraph((Emphasis("Since then: "), Plain("; ".join(c.rstrip(".") for c in told.changes) + "."))))
    if points:
        body.append(Bullets(tuple(points)))
    else:
        body.append(Paragraph((Plain(account.summary.text), *notes.mark(account.summary.sources))))
    if account.who:
        names = " · ".join(each.name for each in account.who[:_WHO])
        body.append(Paragraph((Emphasis("Who: "), Plain(names))))
    if note := notes.note():
        body.append(note)
    return Card(
        title=linked(account.headline, account.url),
        badge=told.status,
        number=told.number,
        body=tuple(body),
        choices=story_choices(account.id, account.url, quotes=bool(account.quotes), who=bool(account.who)),
    )


def story_choices(key: str, url: str | None, quotes: bool, who: bool) -> Choices:
    """The buttons below a story; those without anything behind them are left out."""
    choices = [Choice("Read", OpenPage(url))] if url else []
    choices.append(Choice("More", ask("story", story=key)))
    if who:
        choices.append(Choice("Who is who", ask("names", story=key)))
    if quotes:
        choices.append(Choice("Quotes", ask("quotes", story=key)))
    return Choices(tuple(choices))


def _when(local: datetime, edition: Edition) -> str:
    place = edition.timezone.rsplit("/", 1)[-1].replace("_", " ")
    topic = f" · {edition.topic}" if edition.topic else ""
    return f"{local:%a} {local.day} {local:%b %Y} · {local:%H:%M} {place}{topic}"


def _counts(edition: Edition) -> str:
    stories, articles = len(edition.stories), edition.articles
    if not stories:
        return "No new stories"
    parts = [f"{stories} {'story' if stories == 1 else 'stories'} from {articles} article{'s' * (articles != 1)}"]
    tally = {status: sum(t.status == status for t in edition.stories) for status in ("new", "updated", "again")}
    changed = ", ".join(f"{n} {status}" for status, n in tally.items() if n)
    since = f" since {edition.since_day:%A}" if edition.since_day else ""
    return " · ".join([*parts, changed + since])


def _nothing(edition: Edition) -> str:
    since = edition.since.astimezone(ZoneInfo(edition.timezone))
    about = f" about {edition.topic}" if edition.topic else ""
    return f"Nothing new{about} since {since:%A} {since.day} {since:%b}, {since:%H:%M}."


def _foot(edition: Edition) -> Note:
    foot: Line = (Plain(f"Edition {edition.id}"),)
    if edition.stories:
        foot = (*foot, Plain(" · "), Code("why 1"), Plain(" says why a story is here"))
    return Note(foot)


def _summary(edition: Edition, local: datetime) -> str:
    lead = f"{edition.title}, {local:%a} {local.day} {local:%b}"
    if not edition.stories:
        return f"{lead}: no new stories"
    return f"{lead}: " + "; ".join(told.account.headline for told in edition.stories[:3])


def why_message(edition: Edition, key: str) -> Message | None:
    """Why a story is, or is not, in ``edition``, stage by stage; None where the edition never considered it."""
    verdict = next((v for v in edition.verdicts if v.key == key), None)
    if verdict is None:
        return None
    stages = {
        "chosen": "It is in the briefing",
        "rank": "It was considered, but others ranked higher",
        "seen": "It was left out: this channel knows it",
        "topic": "It was left out: another topic",
        "window": "It was left out: not in the time told",
    }
    blocks: tuple[Block, ...] = (
        Heading(verdict.headline, level=2),
        Paragraph((Strong(stages[verdict.stage] + "."),)),
        Bullets(tuple(plain(reason) for reason in verdict.reasons)),
        Note(plain(f"Edition {edition.id}")),
        Choices((Choice("More", ask("story", story=key)), Choice("Sources", ask("sources", story=key)))),
    )
    return Message("Why", blocks, f"{stages[verdict.stage]}: {verdict.headline}")
