"""Running text as an article whose sentences know where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.digesters.extractive.spans import mend_glued
from bot.digesters.extractive.text import Reading, reading_of
from bot.domain.articles import Article
from bot.domain.digests import Outlet
from bot.sources.sentences import sentences_of


@dataclass(frozen=True)
class Placed:
    """An article with the offset of each of its sentences in the text it was made of."""

    article: Article
    offsets: tuple[int, ...]


def placed(text: str, title: str = "Untitled", published: datetime = datetime(2016, 10, 1, 12, tzinfo=UTC)) -> Placed:
    """``text`` as an article: paragraphs parted by line breaks, sentences by the same splitter as fetched pages."""
    sentences: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    for match in re.finditer(r"[^\n]+", text):
        at = match.start()
        fresh = [s for s in sentences_of(match[0]) if s.strip()]
        if fresh:
            starts.append(len(sentences) + 1)
        for sentence in fresh:
            found = text.find(sentence, at)
            offsets.append(found if found >= 0 else at)
            at = (found if found >= 0 else at) + len(sentence)
            sentences.append(sentence)
    article = Article(
        title=title,
        outlet=Outlet(name="Corpus"),
        published=published,
        sentences=tuple(sentences),
        paragraphs=tuple(starts),
    )
    return Placed(article, tuple(offsets))


def whole(article: Article, paragraphs_known: bool) -> Reading:
    """``article`` as the digester reads it, but every line as running text: what is furniture is measured elsewhere."""
    lines = tuple(replace(line, kind="body") for line in reading_of(article).lines)
    return Reading(article, mend_glued(lines), paragraphs_known)


def scores(right: int, made: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1, in percent."""
    precision = 100 * right / made if made else 0.0
    recall = 100 * right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table of aligned columns."""
    cells = [[f"{c:.1f}" if isinstance(c, float) else str(c) for c in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in cells)
