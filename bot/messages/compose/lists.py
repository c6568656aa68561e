"""Lists and notices: search results, what one follows, problems, help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.domain.digests import Source
from bot.domain.errors import BotError
from bot.messages.actions import Action, Ask
from bot.messages.compose.notes import cited
from bot.messages.model import (
    Block,
    Bullets,
    Choice,
    Choices,
    Code,
    Divider,
    Emphasis,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Span,
    Strong,
    plain,
)

PAGE_LENGTH = 5


T = TypeVar("T")


def page_of(items: Sequence[T], page: int, length: int = PAGE_LENGTH) -> Sequence[T]:
    """The items of that page, counted from 1."""
    return items[(page - 1) * length : page * length]


def turning(again: Ask, total: int, page: int, length: int = PAGE_LENGTH) -> Choices | None:
    """Buttons to the next and the previous page; None where all fits on one."""
    options = tuple(pair for pair in again.options if pair[0] != "page")

    def to(number: int) -> Ask:
        return Ask(again.verb, (*options, ("page", str(number))), replace=True)

    choices = [Choice("Previous", to(page - 1))] if page > 1 else []
    choices += [Choice("Next", to(page + 1))] if total > page * length else []
    return Choices(tuple(choices)) if choices else None


def story_entry(headline: str, summary: str, sources: tuple[Source, ...]) -> Line:
    """One story in a list: headline, a line, its sources."""
    spans: list[Span] = [Strong(headline), Plain(f" — {summary} " if summary else " ")]
    for number, source in enumerate(sources[:5]):
        spans += [Plain("; " if number else "("), cited(source)]
    return (*spans, Plain(")")) if sources else tuple(spans)


def listing(title: str, lines: Sequence[Line], empty: str, *more: Block | None, numbered: bool = False) -> Message:
    """A heading and a list; ``empty`` is said where there is nothing to list."""
    body: list[Block] = [Bullets(tuple(lines), numbered=numbered)] if lines else [Paragraph(plain(empty))]
    blocks: tuple[Block, ...] = (Heading(title, level=1), *body, *(block for block in more if block))
    return Message(title, blocks, f"{title}: {len(lines)}" if lines else empty)


def buttons(*labelled: tuple[str, Action]) -> Choices:
    """Buttons in a row."""
    return Choices(tuple(Choice(label, action) for label, action in labelled))


def picks(prompt: str, *labelled: tuple[str, str, Action]) -> Choices | None:
    """One of several to choose: label, hint, action. None where there is nothing to choose."""
    if not labelled:
        return None
    return Choices(tuple(Choice(label, action, hint=hint) for label, hint, action in labelled), True, prompt)


def notice(text: str, *more: Block | None, detail: str = "") -> Message:
    """Something was done, or is so."""
    blocks: list[Block] = [Paragraph(plain(text))]
    blocks += [Note(plain(detail))] if detail else []
    return Message(text[:100], tuple(blocks + [block for block in more if block]), text, tone="notice")


def problem_message(error: BotError) -> Message:
    """An expected error: what it is, and what to do next."""
    blocks: list[Block] = [Paragraph((Strong(error.what),))]
    if error.hint:
        blocks.append(Paragraph(plain(error.hint)))
    return Message("That did not work", tuple(blocks), str(error), tone="problem")


def incident_message(incident: str) -> Message:
    """An unexpected error: its id, under which the log tells the rest."""
    blocks: tuple[Block, ...] = (
        Paragraph((Strong("Something went wrong here, not with what you asked."),)),
        Paragraph((Plain("Tell whoever runs this bot: incident "), Code(incident))),
    )
    return Message("Something went wrong", blocks, f"Something went wrong: incident {incident}", tone="problem")


def help_message(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Message:
    """All commands by group: what each does and an example."""
    blocks: list[Block] = [Heading("What you can ask", level=1)]
    for number, (group, entries) in enumerate(groups):
        blocks += [Divider()] if number else []
        lines = tuple((Code(example), Plain(f" — {words}")) for example, words in entries)
        blocks += [Paragraph((Strong(group),)), Bullets(lines)]
    blocks.append(
        Note((Emphasis("Names may be spelled in any way; everything that is said has its source beside it."),))
    )
    return Message("Help", tuple(blocks), "What you can ask: " + ", ".join(g for g, _ in groups))
