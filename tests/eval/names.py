"""Names and their kinds on CoNLL++ (2020 news), strict F1: ours by rules, with the tagger, and the tagger alone.

Usage: ``python -m tests.eval.names FILE`` where FILE is ``dataset/conllpp.txt``. The tagger needs ``lede[nlp]``.

The first table asks for the names of every line; the second leaves out photo credits, editors' lines and datelines,
whose names a digest leaves out on purpose. ``--half`` takes every other document: rules were tuned on the odd half.

CoNLL calls nationalities and events MISC; we do not name nationalities, so the table scores person, organisation and
place, each strictly: same words, same kind.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.kinds import Votes, verdicts
from bot.digesters.extractive.spans import spans_of
from bot.digesters.extractive.tagging import tagger_votes
from bot.digesters.extractive.text import reading_of
from bot.domain.articles import Article
from bot.domain.digests import Outlet
from tests.eval.corpus import scores, table, whole

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


@dataclass(frozen=True)
class Document:
    """Sentences as texts, and the gold names as (sentence, start, end, kind)."""

    sentences: tuple[str, ...]
    gold: frozenset[tuple[int, int, int, str]]


def documents(path: Path) -> Iterator[Document]:
    """The documents of the file: sentences put together again from their words."""
    for part in path.read_text(encoding="utf-8").split("-DOCSTART-")[1:]:
        sentences: list[str] = []
        gold: set[tuple[int, int, int, str]] = set()
        for block in part.split("\n\n"):
            rows = [
                line.split()
                for line in block.strip().splitlines()
                if len(line.split()) >= 2 and not line.startswith("-X-")
            ]
            if rows:
                text, spans = _sentence(rows)
                sentences.append(text)
                gold |= {(len(sentences), a, b, k) for a, b, k in spans}
        if len(sentences) > 2:
            yield Document(tuple(sentences), frozenset(gold))


def _sentence(rows: list[list[str]]) -> tuple[str, list[tuple[int, int, str]]]:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for row in rows:
        word, tag = row[0], row[-1]
        glue = (
            ""
            if not text or word in (".", ",", "'s", "’s", ")", "?", "!", ";", ":", "'", "”", "%") or text[-1] in "(“$"
            else " "
        )
        start = len(text) + len(glue)
        text += glue + word
        kind = KINDS.get(tag[2:])
        if kind and tag[0] == "I" and spans and spans[-1][2] == kind and spans[-1][1] >= start - len(glue):
            spans[-1] = (spans[-1][0], len(text), kind)
        elif kind:
            spans.append((start, len(text), kind))
    return text, spans


def article_of(document: Document) -> Article:
    """The document as an article."""
    return Article(
        title="Untitled",
        outlet=Outlet(name="Corpus"),
        published=datetime(2020, 6, 1, tzinfo=UTC),
        sentences=document.sentences,
    )


def found(document: Document, tagged: bool) -> set[tuple[int, int, int, str]]:
    """What we name, every mention of every entity of the cast, in headings and datelines too."""
    reading = whole(article_of(document), False)
    votes = tagger_votes(reading) if tagged else {}
    spans = spans_of(reading, datelines=True)
    cast = cast_of(reading, spans, verdicts(reading, spans, votes))
    return {(s.line, s.start, s.end, p.kind) for p in cast for s in p.spans}


def raw(document: Document) -> set[tuple[int, int, int, str]]:
    """The tagger's own opinion."""
    votes: Votes = tagger_votes(whole(article_of(document), False))
    return {(line, start, end, kind) for (line, start), (kind, end) in votes.items()}


WAYS = ("rules", "rules + tagger", "tagger alone")
Names = set[tuple[int, int, int, str]]


@dataclass
class Tally:
    """Counts of one table."""

    right: Counter[tuple[str, str]]
    made: Counter[tuple[str, str]]
    gold: Counter[str]

    def add(self, gold: frozenset[tuple[int, int, int, str]] | Names, ways: dict[str, Names]) -> None:
        """Count one document."""
        self.gold.update(kind for *_, kind in gold)
        for way, names in ways.items():
            self.made.update((way, kind) for *_, kind in names)
            self.right.update((way, kind) for *_, kind in names & gold)

    def print(self, title: str) -> None:
        """Print precision, recall and F1 over all kinds, and F1 by kind."""
        kinds = list(KINDS.values())
        rows: list[tuple[object, ...]] = []
        for way in WAYS:
            right, made = (sum(counts[way, k] for k in kinds) for counts in (self.right, self.made))
            by_kind = (scores(self.right[way, k], self.made[way, k], self.gold[k])[2] for k in kinds)
            rows.append((way, *scores(right, made, sum(self.gold.values())), *by_kind))
        print(table((title, "precision", "recall", "F1", *kinds), rows))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    whole, running = (Tally(Counter(), Counter(), Counter()) for _ in range(2))
    for number, document in enumerate(documents(options.file), 1):
        if options.half != "all" and (number % 2 == 1) != (options.half == "odd"):
            continue
        ways = dict(zip(WAYS, (found(document, False), found(document, True), raw(document)), strict=True))
        whole.add(document.gold, ways)
        read = _running(document)
        running.add(
            {n for n in document.gold if read(n)}, {w: {n for n in names if read(n)} for w, names in ways.items()}
        )
        if options.errors:
            _print_errors(document, ways["rules + tagger"])
    whole.print("all lines")
    running.print("running text")


def _running(document: Document) -> Callable[[tuple[int, int, int, str]], bool]:
    """Whether a name stands in running text: no credit, heading or dateline."""
    article = article_of(document)
    begin = {line.number: len(line.text) - len(without_dateline(line.text)) for line in reading_of(article).body}
    return lambda name: name[0] in begin and name[1] >= begin[name[0]]


def _print_errors(document: Document, names: set[tuple[int, int, int, str]]) -> None:
    for label, items in (("MISSED", document.gold - names), ("EXTRA", names - document.gold)):
        for line, start, end, kind in sorted(items):
            text = document.sentences[line - 1]
            print(f"{label} {kind} {text[start:end]!r}: {text[max(0, start - 40) : end + 40]!r}")


if __name__ == "__main__":
    main()
