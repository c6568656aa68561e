"""The answer to ``/who``: a card, a choice between candidates, or that nobody of that name is known."""

from __future__ import annotations

from bot.domain.dossiers import Candidate, Dossier, RoleLine
from bot.messages.actions import Ask, ask
from bot.messages.compose.notes import Footnotes, cited, dated, paragraph_of
from bot.messages.compose.story import quotation, shown_date
from bot.messages.model import (
    Block,
    Bullets,
    Choice,
    Choices,
    Emphasis,
    Facts,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Span,
    Strong,
    day,
    plain,
)

_BARS = "▁▂▃▄▅▆▇█"
LINES_A_PAGE = 5
_QUOTES_ON_CARD = 2
_EARLIER_ROLES = 3


def dossier_message(dossier: Dossier, matched: str = "", page: int = 1) -> Message:
    """The entity's card. ``matched`` says why the asked spelling means this entity, where it is not its name."""
    notes = Footnotes()
    blocks: list[Block] = [Heading(dossier.name, level=1), Paragraph(_role_line(dossier))]
    if earlier := [role for role in dossier.roles if not role.current][:_EARLIER_ROLES]:
        blocks.append(Paragraph((Emphasis("Before: "), *_joined([_role(role, notes) for role in earlier]))))
    if dossier.aliases:
        blocks.append(Note((Plain("Also written: " + ", ".join(dossier.aliases[:8])),)))
    if matched:
        blocks.append(Note((Emphasis(matched),)))
    blocks += _news(dossier, notes, page)
    if dossier.quotes and page == 1:
        blocks.append(Paragraph((Strong("In their words"),)))
        blocks += [quotation(quote, notes) for quote in dossier.quotes[:_QUOTES_ON_CARD]]
    if page == 1:
        blocks += _connections(dossier, notes)
    if note := notes.note():
        blocks.append(note)
    blocks += _choices(dossier, page)
    role = next((role.title for role in dossier.roles if role.current), dossier.kind)
    return Message(dossier.name, tuple(blocks), f"{dossier.name}, {role}")


def _role_line(dossier: Dossier) -> Line:
    """Kind and current roles, each *as stated by* an outlet on a day: never as a fact of our own."""
    spans: list[Span] = [Emphasis(dossier.kind)]
    for role in [role for role in dossier.roles if role.current][:2]:
        source = role.sources[0]
        spans += [Plain(" · "), Strong(role.title), Plain(" as stated by "), cited(source)]
        if where := paragraph_of(source):
            spans.append(Plain(f", {where}"))
    return tuple(spans)


def _role(role: RoleLine, notes: Footnotes) -> Line:
    begun = f"from {shown_date(role.from_)} " if role.from_ else ""
    ended = f"until {shown_date(role.until)}" if role.until else ""
    held = f" ({(begun + ended).strip()})" if begun or ended else ""
    return (Plain(role.title + held), *notes.mark(role.sources))


def _joined(parts: list[Line]) -> Line:
    spans: list[Span] = []
    for part in parts:
        spans += [Plain(" · "), *part] if spans else part
    return tuple(spans)


def _news(dossier: Dossier, notes: Footnotes, page: int) -> list[Block]:
    start = (page - 1) * LINES_A_PAGE
    lines = dossier.lines[start : start + LINES_A_PAGE]
    if not lines:
        return []
    count = dossier.recent_stories
    until = f" to {day(dossier.until)}" if dossier.until else ""
    title = f"{count} stor{'y' if count == 1 else 'ies'} in the 7 days{until} {sparkline(dossier.per_day)}"
    told = [(Emphasis(f"{dated(line.sources[0])} "), Plain(line.text), *notes.mark(line.sources)) for line in lines]
    return [Paragraph((Strong("In the news: "), Plain(title))), Bullets(tuple(told))]


def sparkline(counts: tuple[int, ...]) -> str:
    """Counts as bars, scaled to the highest."""
    top = max(counts, default=0)
    return "".join(_BARS[round(n / top * (len(_BARS) - 1))] for n in counts) if top else ""


def _connections(dossier: Dossier, notes: Footnotes) -> list[Block]:
    related = {relation.to for relation in dossier.relations}
    pairs: list[tuple[str, Line]] = [
        (relation.name, (Plain(relation.as_), *notes.mark(relation.sources))) for relation in dossier.relations
    ]
    for other in [c for c in dossier.connections if c.id not in related][:3]:
        times = f"named together in {other.stories} stor{'y' if other.stories == 1 else 'ies'}"
        pairs.append((other.name, plain(times)))
    return [Paragraph((Strong("Connections"),)), Facts(tuple(pairs))] if pairs else []


def _choices(dossier: Dossier, page: int) -> list[Block]:
    buttons: list[Choice] = []
    if len(dossier.lines) > page * LINES_A_PAGE:
        buttons.append(Choice("Older news", _page(dossier.id, page + 1)))
    if page > 1:
        buttons.append(Choice("Newer news", _page(dossier.id, page - 1)))
    buttons.append(Choice("Timeline", ask("timeline", about=dossier.id)))
    if dossier.quotes:
        buttons.append(Choice("Quotes", ask("quotes", by=dossier.id)))
    buttons.append(Choice("Follow", ask("follow", name=dossier.id)))
    blocks: list[Block] = [Choices(tuple(buttons))]
    if dossier.others:
        others = tuple(Choice(o.name, ask("who", name=o.id), hint=o.kind) for o in dossier.others)
        blocks.append(Choices(others, pick=True, prompt="Not this one?"))
    return blocks


def _page(entity: str, page: int) -> Ask:
    return Ask("who", (("name", entity), ("page", str(page))), replace=True)


def choice_message(query: str, candidates: tuple[Candidate, ...], verb: str = "who", option: str = "name") -> Message:
    """Several are meant alike: the asker chooses, nothing is guessed."""
    choices = tuple(Choice(c.name, Ask(verb, ((option, c.id),), replace=True), hint=c.hint) for c in candidates)
    blocks: tuple[Block, ...] = (
        Heading(f"Who is meant by “{query}”?", level=2),
        Choices(choices, pick=True, prompt="Choose one"),
    )
    names = ", ".join(c.name for c in candidates)
    return Message("Which one?", blocks, f"{query} can be {names}", tone="choice")


def unknown_message(query: str, nearest: tuple[Candidate, ...], verb: str = "who", option: str = "name") -> Message:
    """Nobody of that name is known; the nearest names are offered, none is assumed."""
    blocks: list[Block] = [
        Paragraph((Plain("Nobody and nothing called "), Strong(query), Plain(" is in the digests.")))
    ]
    if nearest:
        choices = tuple(Choice(c.name, Ask(verb, ((option, c.id),), replace=True), hint=c.hint) for c in nearest)
        blocks.append(Choices(choices, pick=True, prompt="The nearest names"))
    return Message("Not known", tuple(blocks), f"Nobody called {query} is in the digests", tone="notice")
