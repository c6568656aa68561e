"""Hand-made messages that every renderer must show, from the barest to the most hostile, and ways to walk them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.messages.actions import OpenPage, ask
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choice,
    Choices,
    Code,
    Divider,
    Emphasis,
    Facts,
    Heading,
    Line,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Span,
    Strong,
    Table,
    plain,
)

DAM = "https://example.com/wire/ambry-gorge"
FERRY = "https://example.com/wire/ferry?lang=en&page=2"
MORNING = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)

THIN = Message("Nothing new", (Paragraph(plain("Nothing new since Monday.")),), "Nothing new since Monday.", "notice")

_DAM_CARD = Card(
    title=Link("The Ambry Gorge dam holds; an inquiry begins", DAM),
    badge="updated",
    number=1,
    body=(
        Paragraph((Emphasis("Why it matters: "), Plain("4,200 people wait to go home."), Link("¹", DAM))),
        Bullets(
            (
                (Plain("Engineers lowered the lake by six metres. "), Link("¹", DAM)),
                (Plain("The minister promised a report by "), Strong("1 March"), Plain(". "), Link("¹", DAM)),
            )
        ),
        Quotation(
            words="We will know what failed, and we will say it aloud.",
            speaker="Ilse Tamm",
            context="on the inquiry",
            said="9 Jan 2026",
            sources=(Link("Sample Wire, 9 Jan 2026", DAM),),
        ),
        Note((Emphasis("Who: "), Plain("Ilse Tamm · Ambry Gorge"), Plain(" — "), Link("¹ Sample Wire, 9 Jan", DAM))),
    ),
    choices=Choices(
        (
            Choice("Read", OpenPage(DAM), primary=True),
            Choice("More", ask("story", story="8ec41f20")),
            Choice("Who is who", ask("names", story="8ec41f20")),
            Choice("Quotes", ask("quotes", story="8ec41f20")),
        )
    ),
)

_FERRY_CARD = Card(
    title=Plain("Velmora and Tarsenia agree on a ferry"),
    badge="new",
    number=2,
    body=(
        Paragraph((Plain("Two crossings a day from "), Moment(datetime(2026, 5, 1, 6, 0, tzinfo=UTC), "1 May 2026"))),
        Facts((("Fare", plain("12 crowns")), ("Route", (Plain("Port Calder – Sund "), Link("²", FERRY))))),
        Table(
            ("Figure", "Value", "Stated by"),
            (
                (plain("Passengers a year"), plain("310,000"), plain("Velmora Ports")),
                (plain("Cost"), plain("1.4 bn crowns"), (Plain("Treasury "), Link("²", FERRY))),
            ),
        ),
    ),
    choices=Choices((Choice("More", ask("story", story="08cb6544")),)),
)

FULL = Message(
    title="Morning briefing",
    blocks=(
        Heading("Morning briefing · Tue 13 Jan 2026 · 08:00 Berlin", 1),
        Paragraph((Strong("2 stories"), Plain(" from 5 articles · 1 new, 1 updated since Monday"))),
        _DAM_CARD,
        Divider(),
        _FERRY_CARD,
        Heading("Also"),
        Bullets((plain("Inflation in Velmora falls"), (Link("Morvane wins the tour", f"{DAM}/tour"),)), numbered=True),
        Choices(
            (
                Choice("Ilse Tamm", ask("who", name="ilse-tamm"), hint="minister of works, 3 stories"),
                Choice("Jonas Tamm", ask("who", name="jonas-tamm"), hint="ferry captain, 1 story"),
            ),
            pick=True,
            prompt="Which Tamm do you mean?",
        ),
        Note((Plain("Edition 2026-01-13 08:00 · "), Code("/why 1"), Plain(" says why a story is here"))),
    ),
    summary="Morning briefing, 13 Jan 2026: the Ambry Gorge dam holds; Velmora and Tarsenia agree on a ferry.",
    tone="news",
    thread=(
        Message(
            "The Ambry Gorge dam holds; an inquiry begins",
            (
                Heading("The Ambry Gorge dam holds; an inquiry begins", 1),
                Bullets(((Plain("7 Jan 2026 — cracks found "), Link("³", f"{DAM}/cracks")),)),
            ),
            "Details: the Ambry Gorge dam holds.",
            "news",
        ),
    ),
)

_LONG_WORD = "Donaudampfschifffahrt" * 143  # 3,003 characters without a place to break
_LONG_TEXT = "A sentence that goes on and says little, as long ones do. " * 120
_LONG_QUOTE = "I said it then, I say it now, and I shall say it whenever I am asked. " * 40

OVERLONG = Message(
    title="A headline that never ends " * 20,
    blocks=(
        Heading("A headline that never ends " * 20, 1),
        Paragraph(plain(_LONG_WORD)),
        *(
            Card(
                title=Link(f"Story {n}: {'very ' * 60}long", f"https://example.com/{n}"),
                badge="new",
                number=n,
                body=(
                    Paragraph(plain(_LONG_TEXT)),
                    Bullets(
                        tuple(
                            (Plain(f"Point {i} "), Link(f"{n}.{i}", f"https://example.com/{n}/{i}")) for i in range(12)
                        )
                    ),
                    Quotation(_LONG_QUOTE + str(n), "Ilse Tamm", sources=(Link("Sample Wire", f"{DAM}/q{n}"),)),
                ),
                choices=Choices(tuple(Choice(f"Button {i}", ask("story", story=f"{n}-{i}")) for i in range(8))),
            )
            for n in range(1, 16)
        ),
        Facts(tuple((f"Label {i}", plain("value " * 50)) for i in range(40))),
        Table(
            ("a", "b", "c"),
            tuple((plain(f"{i}"), plain("x" * 90), (Link(f"t{i}", f"{DAM}/t{i}"),)) for i in range(120)),
        ),
        Choices(
            tuple(
                Choice("Candidate " * 12 + str(i), ask("who", name=f"{'c' * 120}-{i}"), "hint " * 30) for i in range(60)
            ),
            pick=True,
            prompt="Which one? " * 30,
        ),
        Note(tuple(Link(f"source {i}", f"https://example.com/source/{i}") for i in range(80))),
    ),
    summary="An endless message. " * 60,
    tone="news",
)

_MARKUP = "<script>alert(1)</script> <b>bold</b> &amp; &lt; \"q\" 'a' </article><!-- **b** _i_ `c` ~~s~~ ||spoiler||"
_MASKED = (
    "[click](https://evil.example) [again](<https://evil.example>) <https://evil.example|bank> https://evil.example"
)
_MENTIONS = "@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678> </who:1> <id:home>"
_SLACK = "<!channel> <!here> <!everyone> <@U012AB3CD> <!subteam^S012> <#C012AB3CD|x> *b* _i_ ~s~ `c` :smile: > quote"
_BIDI = "שלום עולם مرحبا بالعالم \u202egnp.exe\u202c \u2066isolated \u2067never closed \u200f"
_EMOJI = "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇻🇪 é (e\u0301) Z̴̢a̷l̵g̶o̷"
_CONTROL = (
    "bell\x07 null\x00 escape\x1b[31mred\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\ c1\x9b2J "
    "line\u2028sep\u2029 \ud800"
)

HOSTILE_TEXTS: Mapping[str, str] = {
    "markup": _MARKUP,
    "masked links": _MASKED,
    "mentions": _MENTIONS,
    "slack": _SLACK,
    "bidi": _BIDI,
    "emoji": _EMOJI,
    "control": _CONTROL,
    "heading": "# not a heading\n## nor this\n> nor a quote\n- nor a list\n1. nor this\n-# nor small\n```\nnor code",
    "blank": " \t\n ",
    "empty": "",
    "long word": _LONG_WORD,
    "template": "{{ 7 * 7 }} {% raw %} %s {0} ${x}",
}


def _everywhere(text: str) -> tuple[Block, ...]:
    """Every place where words from outside can stand, holding ``text``."""
    line: Line = (Plain(text), Strong(text), Emphasis(text), Code(text), Link(text, f"{DAM}?a=1&b=%22"))
    return (
        Heading(text),
        Paragraph(line),
        Bullets((line, (Plain(text),))),
        Quotation(text, text, text, text, (Link(text, DAM),)),
        Facts(((text, line),)),
        Table((text, "b"), ((line, plain(text)),)),
        Note((Moment(MORNING, text), Plain(text))),
        Card(
            Link(text, DAM),
            text,
            7,
            (Paragraph(line), Quotation(text, text)),
            Choices((Choice(text, ask("who", name=text)),)),
        ),
        Choices(
            (Choice(text, OpenPage(DAM), text), Choice(text, ask("search", text=text), text)), pick=True, prompt=text
        ),
    )


HOSTILE = Message(
    title=_MARKUP,
    blocks=tuple(block for text in HOSTILE_TEXTS.values() for block in _everywhere(text)),
    summary=" ".join((_MARKUP, _MASKED, _MENTIONS, _SLACK, _BIDI, _EMOJI, _CONTROL)),
    tone="problem",
)

SAMPLES: Mapping[str, Message] = {"thin": THIN, "full": FULL, "overlong": OVERLONG, "hostile": HOSTILE}


# --- walking a message ------------------------------------------------------------------------------------------------


def leaves(message: Message) -> Iterator[Block]:
    """Every block, with those of cards after their card, without the thread's."""
    for block in message.blocks:
        yield block
        if isinstance(block, Card):
            yield from block.body
            if block.choices:
                yield block.choices


def spans(message: Message) -> Iterator[Span]:
    """Every span of the message, without the thread's."""
    for block in leaves(message):
        match block:
            case Paragraph(line) | Note(line):
                yield from line
            case Bullets(items):
                yield from (span for line in items for span in line)
            case Quotation():
                yield from block.sources
            case Facts(pairs):
                yield from (span for _, line in pairs for span in line)
            case Table(_, rows):
                yield from (span for row in rows for line in row for span in line)
            case Card():
                yield block.title
            case _:
                pass


def links(message: Message) -> set[str]:
    """Every address that the message leads to, without the thread's."""
    found = {span.url for span in spans(message) if isinstance(span, Link)}
    return found | {choice.action.url for choice in choices(message) if isinstance(choice.action, OpenPage)}


def choices(message: Message) -> list[Choice]:
    """Every button of the message, without the thread's."""
    return [choice for block in leaves(message) if isinstance(block, Choices) for choice in block.choices]


def quotations(message: Message) -> list[str]:
    """The words of every quotation, without the thread's."""
    return [block.words for block in leaves(message) if isinstance(block, Quotation)]
