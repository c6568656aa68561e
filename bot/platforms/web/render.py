"""A message as HTML that holds nothing but its own words and looks. Pure; never raises, never loses a source.

Buttons are submit buttons named ``action`` with the action's code; the page puts the form around them, so they work
without a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from bot.messages.actions import Ask, OpenPage, encode
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
)
from bot.platforms.web.text import clean, html, label, mark_number, safe_url

_EMPTY = Markup("")
_OUTSIDE = Markup(' target="_blank" rel="noopener noreferrer nofollow"')
#: Badges that have a colour of their own; any other word is shown in a neutral one.
_BADGES = frozenset({"new", "updated", "again", "corrected"})


def render(message: Message) -> dict[str, str]:
    """``message`` without its thread: ``html``, and as plain text its ``title``, summary (``text``) and ``tone``."""
    return {
        "html": str(_joined(_block(block) for block in message.blocks)),
        "text": label(message.summary),
        "title": label(message.title),
        "tone": message.tone,
    }


def _joined(parts: Iterable[Markup]) -> Markup:
    return _EMPTY.join(parts)


def _block(block: Block) -> Markup:  # noqa: C901  # one case a member of the union
    match block:
        case Heading(text, level):
            return Markup("<{0}>{1}</{0}>").format("h2" if level == 1 else "h3", html(label(text)))
        case Paragraph(line):
            return Markup("<p>{}</p>").format(_line(line))
        case Note(line):
            return Markup('<p class="note">{}</p>').format(_line(line))
        case Bullets():
            return _bullets(block)
        case Quotation():
            return _quotation(block)
        case Facts():
            return _facts(block)
        case Table():
            return _table(block)
        case Divider():
            return Markup("<hr>")
        case Choices():
            return _choices(block)
        case Card():
            return _card(block)
        case _:
            assert_never(block)


def _line(line: Line) -> Markup:
    """The spans; a footnote's mark clings to the words before it, or a line might begin with it."""
    if not line:
        return _EMPTY
    following = (*line[1:], Plain(""))
    return _joined(
        _span(_tight(span) if _is_mark(after) else span) for span, after in zip(line, following, strict=True)
    )


def _is_mark(span: Span) -> bool:
    return isinstance(span, Link | Plain) and mark_number(span.text) is not None


def _tight(span: Span) -> Span:
    return Plain(span.text.rstrip()) if isinstance(span, Plain) else span


def _span(span: Span) -> Markup:
    words = html(span.text)
    match span:
        case Plain(text):
            return _unlinked_mark(number) if (number := mark_number(text)) else words
        case Strong():
            return Markup("<strong>{}</strong>").format(words)
        case Emphasis():
            return Markup("<em>{}</em>").format(words)
        case Code():
            return Markup("<code>{}</code>").format(words)
        case Moment(instant, _):
            return Markup('<time datetime="{}">{}</time>').format(instant.isoformat(), words)
        case Link(text, url):
            return _link(text, url)
        case _:
            assert_never(span)


def _unlinked_mark(number: str) -> Markup:
    """The mark of a source without an address."""
    return Markup('<sup class="mark"><span role="img" aria-label="Source {}">{}</span></sup>').format(number, number)


def _link(text: str, url: str) -> Markup:
    address = safe_url(url)
    if address is None:
        return Markup("{} ({})").format(html(text), html(label(url))) if label(url) else html(text)
    if number := mark_number(text):
        mark = Markup('<sup class="mark"><a href="{}"{} aria-label="Source {}">{}</a></sup>')
        return mark.format(address, _OUTSIDE, number, number)
    words = html(text) if label(text) else html(address)
    return Markup('<a href="{}"{}>{}</a>').format(address, _OUTSIDE, words)


def _bullets(bullets: Bullets) -> Markup:
    items = _joined(Markup("<li>{}</li>").format(_line(item)) for item in bullets.items)
    if not bullets.numbered:
        return Markup("<ul>{}</ul>").format(items)
    start = Markup(' start="{}"').format(bullets.start) if bullets.start != 1 else _EMPTY
    return Markup("<ol{}>{}</ol>").format(start, items)


def _quotation(quotation: Quotation) -> Markup:
    by = [Markup("<cite>{}</cite>").format(html(label(quotation.speaker)))] if label(quotation.speaker) else []
    by += [html(label(part)) for part in (quotation.context, quotation.said) if label(part)]
    caption = Markup(", ").join(by)
    if quotation.sources:
        caption += Markup('<span class="sources">{}</span>').format(_line(quotation.sources))
    words = Markup("<blockquote><p>“{}”</p></blockquote>").format(html(quotation.words))
    return Markup('<figure class="quotation">{}<figcaption>{}</figcaption></figure>').format(words, caption)


def _facts(facts: Facts) -> Markup:
    rows = (
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(html(label(name)), _line(line)) for name, line in facts.pairs
    )
    return Markup("<dl>{}</dl>").format(_joined(rows))


def _table(table: Table) -> Markup:
    head = _joined(Markup('<th scope="col">{}</th>').format(html(label(column))) for column in table.columns)
    rows = _joined(
        Markup("<tr>{}</tr>").format(_joined(Markup("<td>{}</td>").format(_line(cell)) for cell in row))
        for row in table.rows
    )
    grid = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)
    name = ", ".join(filter(None, map(label, table.columns))) or "Table"
    # A table wider than the page scrolls by itself, also by keyboard, instead of the whole page.
    return Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>').format(name, grid)


def _card(card: Card) -> Markup:
    number = Markup('<span class="number">{}</span> ').format(card.number) if card.number is not None else _EMPTY
    badge = _EMPTY
    if word := label(card.badge):
        kind = word.lower() if word.lower() in _BADGES else "other"
        badge = Markup(' <span class="badge badge-{}">{}</span>').format(kind, html(word))
    head = Markup("<h3>{}{}{}</h3>").format(number, _span(card.title), badge)
    body = _joined(_block(block) for block in card.body)
    # A screen reader meets the same few buttons in every card: the group says whose they are.
    choices = _choices(card.choices, label(card.title.text)) if card.choices else _EMPTY
    return Markup('<section class="card">{}{}{}</section>').format(head, body, choices)


def _choices(choices: Choices, about: str = "") -> Markup:
    prompt = Markup('<p class="prompt">{}</p>').format(html(label(choices.prompt))) if choices.prompt else _EMPTY
    look = "picks" if choices.pick else "buttons"
    buttons = _joined(_button(choice, choices.pick) for choice in choices.choices)
    name = label(choices.prompt) or about or ("Choose one" if choices.pick else "What to do")
    return prompt + Markup('<div class="{}" role="group" aria-label="{}">{}</div>').format(look, name, buttons)


def _button(choice: Choice, pick: bool) -> Markup:
    words = html(label(choice.label) or "…")
    title, hint = _EMPTY, _EMPTY
    if label(choice.hint) and pick:
        hint = Markup('<span class="hint">{}</span>').format(html(label(choice.hint)))
    elif label(choice.hint):
        title = Markup(' title="{}"').format(label(choice.hint))
    looks = Markup("button primary") if choice.primary else Markup("button")
    match choice.action:
        case Ask() as action:
            code = clean(encode(_encodable(action)))
            start = Markup('<button type="submit" name="action" value="{}" class="{}"{}>').format(code, looks, title)
            return start + Markup('<span class="label">{}</span>{}</button>').format(words, hint)
        case OpenPage(url):
            address = safe_url(url)
            if address is None:
                return Markup('<span class="{}">{}{}</span>').format(looks, words, hint)
            start = Markup('<a href="{}"{} class="{} outside"{}>').format(address, _OUTSIDE, looks, title)
            return start + Markup('<span class="label">{}</span>{}</a>').format(words, hint)
        case _:
            assert_never(choice.action)


def _encodable(action: Ask) -> Ask:
    """The action with values that percent-encoding takes: lone surrogates have no UTF-8."""
    return Ask(action.verb, tuple((n, clean(v)) for n, v in action.options), action.share, action.replace)
