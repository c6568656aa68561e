"""Footnotes: every line carries the numbers of its sources, and a small line below says which article each is."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.digests import Source
from bot.messages.model import Line, Note, Plain, Span, day, linked

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a year of articles states alike has hundreds of sources: so many are marked, of the rest the number is told.
_MARKED = 3
#: Evidence numbers are shown up to this many a source; the rest is one press away in /sources.
_SHOWN_EVIDENCE = 4


class Footnotes:
    """Numbers the articles of one card in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sources: dict[str, Source] = {}

    def mark(self, sources: Iterable[Source]) -> Line:
        """The superscript numbers of the first of these sources, each linked to its article, with a space before them.

        How many more there are stands behind them: ``¹ ² ³ +97``.
        """
        spans: list[Span] = []
        articles = {source.digest: source for source in sources}
        for source in list(articles.values())[:_MARKED]:
            number = self._numbers.setdefault(source.digest, len(self._numbers) + 1)
            self._sources.setdefault(source.digest, source)
            spans += [Plain(" "), linked(str(number).translate(_SUPERSCRIPT), source.url)]
        if (more := len(articles) - _MARKED) > 0:
            spans.append(Plain(f" +{more}"))
        return tuple(spans)

    def note(self) -> Note | None:
        """The line that resolves the numbers; None where nothing was cited."""
        if not self._numbers:
            return None
        spans: list[Span] = []
        for digest, number in self._numbers.items():
            spans.append(Plain(("" if not spans else " · ") + str(number).translate(_SUPERSCRIPT) + " "))
            spans.append(cited(self._sources[digest]))
        return Note(tuple(spans))


def cited(source: Source) -> Span:
    """An article by outlet and date, linked where it has an address."""
    return linked(f"{source.outlet}, {dated(source)}", source.url)


def dated(source: Source) -> str:
    """The day of publication, or that nobody told it."""
    return "undated" if source.undated else day(source.date)


def paragraph_of(source: Source) -> str:
    """Which sentences of the article say it: ``sentence 4``, ``sentences 4, 7``."""
    shown = ", ".join(str(n) for n in source.evidence[:_SHOWN_EVIDENCE])
    more = " …" if len(source.evidence) > _SHOWN_EVIDENCE else ""
    return f"sentence{'s' if len(source.evidence) > 1 else ''} {shown}{more}" if source.evidence else ""


def traced(sources: Iterable[Source]) -> Line:
    """Full citations of one line: outlet, date, link and the sentences that say it."""
    spans: list[Span] = []
    for source in sources:
        where = paragraph_of(source)
        spans += [Plain("; " if spans else ""), cited(source), Plain(f", {where}" if where else "")]
    return tuple(span for span in spans if span.text)
