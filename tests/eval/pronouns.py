"""Whom he and she mean: the share of GUM's third-person pronouns given to the right named person, beside an anchor.

Usage: ``python -m tests.eval.pronouns FOLDER [--half odd|even|all]`` where FOLDER is a copy of amir-zeldes/gum. Rules
were tuned on the odd half. ``--errors`` prints ours that are wrong with names given.

Asked is every he, she, him, her, his and -self whose gold cluster has been named before. The anchor takes the first
person named in the latest sentence that names one. Ours has a likeliest answer, and one only where it is sure,
which is what a digest uses; a pronoun left open counts as wrong in the accuracy.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.passages import passages_of
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.pronouns import Pronouns
from bot.digesters.extractive.text import Reading
from tests.eval.aliases import Name, by_cast, found_cast, given_cast, gold_names, reading_for
from tests.eval.corpus import table
from tests.eval.gum import Document, Mention, documents

PRONOUNS = frozenset("he she him her his hers himself herself".split())


@dataclass(frozen=True)
class Asked:
    """A pronoun, its place (sentence from 1) and the cluster it belongs to."""

    word: str
    line: int
    start: int
    cluster: str


def asked_in(document: Document, names: dict[Name, Mention]) -> Iterator[Asked]:
    """Every pronoun of a cluster that a name before it belongs to."""
    named: dict[str, tuple[int, int]] = {}
    for (line, start, _), mention in sorted(names.items()):
        if mention.kind == "person":
            named.setdefault(mention.cluster, (line, start))
    for mention in document.mentions:
        word = document.sentences[mention.sentence][mention.first]
        place = mention.sentence + 1, word.start
        alone = mention.first == mention.last and word.text.lower() in PRONOUNS and word.upos == "PRON"
        if alone and mention.cluster in named and named[mention.cluster] < place:
            yield Asked(word.text, *place, mention.cluster)


def by_anchor(asked: Asked, names: dict[Name, Mention]) -> str | None:
    """The cluster of the first person named in the latest sentence that names one before the pronoun."""
    people = [(n[0], n[1], m.cluster) for n, m in names.items() if m.kind == "person"]
    before = [p for p in people if p[:2] < (asked.line, asked.start)]
    if not before:
        return None
    latest = max(line for line, *_ in before)
    return min(p for p in before if p[0] == latest)[2]


class Ours:
    """Answers of the digester's resolver, told as gold clusters."""

    def __init__(self, reading: Reading, cast: Cast, names: dict[Name, Mention]) -> None:
        """Ready for one document's pronouns."""
        passages = passages_of(reading)
        self._likeliest = Pronouns(reading, cast, passages)
        self._resolver = Resolver(reading, cast, passages, {})
        clusters: dict[str, Counter[str]] = defaultdict(Counter)
        for name, who in by_cast(names, cast).items():
            clusters[str(who)][names[name].cluster] += 1
        self._cluster = {who: counts.most_common(1)[0][0] for who, counts in clusters.items()}

    def likeliest(self, asked: Asked) -> str | None:
        """The cluster most likely meant; None where no one comes into question."""
        meant = self._likeliest.meant(asked.line, asked.start)
        return self._told(meant.person if meant else None)

    def answer(self, asked: Asked) -> str | None:
        """The cluster meant; None where the digester leaves it open."""
        return self._told(self._resolver.pronoun(asked.word, asked.line, asked.start))

    def _told(self, person: Person | None) -> str | None:
        return self._cluster.get(str((person.kind, person.id)), "unknown") if person else None


WAYS = (
    "first of latest sentence",
    "names given, likeliest",
    "names given, where sure",
    "end to end, likeliest",
    "end to end, where sure",
    "with tagger, likeliest",
    "with tagger, where sure",
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="even")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    total = 0
    for document in documents(options.folder, options.half):
        names, reading = gold_names(document), reading_for(document)
        casts = (given_cast(document, reading), found_cast(reading, False), found_cast(reading, True))
        ours = [Ours(reading, cast, names) for cast in casts]
        for asked in asked_in(document, names):
            total += 1
            both = ((each.likeliest(asked), each.answer(asked)) for each in ours)
            answers = (by_anchor(asked, names), *(answer for pair in both for answer in pair))
            for way, answer in zip(WAYS, answers, strict=True):
                answered[way] += answer is not None
                right[way] += answer == asked.cluster
            if options.errors and answers[1] != asked.cluster:
                _print_error(document, names, asked, answers[1])
    rows = [
        (way, 100 * right[way] / total, 100 * right[way] / max(answered[way], 1), answered[way], total) for way in WAYS
    ]
    print(table(("he and she", "accuracy", "right of answers", "answered", "asked"), rows))


def _print_error(document: Document, names: dict[Name, Mention], asked: Asked, answer: str | None) -> None:
    called = {m.cluster: document.texts[n[0] - 1][n[1] : n[2]] for n, m in sorted(names.items(), reverse=True)}
    text = document.texts[asked.line - 1]
    context = " ".join(document.texts[max(0, asked.line - 4) : asked.line - 1])[-300:]
    marked = f"{text[: asked.start]}<<{asked.word}>>{text[asked.start + len(asked.word) :]}"
    print(f"{document.name} {asked.line} gold={called.get(asked.cluster)!r} ours={called.get(answer or '', answer)!r}")
    print(f"    {context} || {marked}")


if __name__ == "__main__":
    main()
