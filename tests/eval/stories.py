"""Grouping measured on ECB+: B³ of the bot's grouping beside each document alone and all of a topic together.

    python -m tests.eval.stories FOLDER [--alike N]

FOLDER holds ECB+ as its authors ship it (``1/1_10ecb.xml`` …; in the repository tommasoc80/EventStoryLine it is
``ECB+_LREC2014/ECB+``). A document's story is its topic and half (``ecb`` or ``ecbplus``): two different events of one
kind, which is what makes grouping hard. The documents have no usable dates, so all count as published in one window;
they are taken in three shuffled orders, and the mean is printed. Odd topics are for tuning, even ones for the figure.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from defusedxml import ElementTree

from bot.domain.digests import Digest
from bot.domain.stories import ALIKE, stories_of
from tests.builders import digest

_START = datetime(2026, 1, 5, tzinfo=UTC)
_ORDERS = 3


def documents(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Each document's name with its gold story and its sentences."""
    found = {}
    for path in sorted(folder.glob("*/*.xml")):
        topic, _, rest = path.stem.partition("_")
        story = f"{topic}{'plus' if 'plus' in rest else ''}"
        sentences: dict[int, list[str]] = {}
        for token in ElementTree.parse(path).iter("token"):
            sentences.setdefault(int(token.get("sentence", "0")), []).append(token.text or "")
        lines = [" ".join(words) for _, words in sorted(sentences.items())]
        # The first "sentence" of the ecbplus half is the page's address.
        found[path.stem] = (story, [line for line in lines if "http" not in line.split(" ", 1)[0]] or lines)
    return found


def as_digest(name: str, sentences: Sequence[str], hour: float) -> Digest:
    """The document as a digest that says all its sentences."""
    head, *rest = sentences
    return digest(
        head[:120] or name,
        at=_START + timedelta(hours=hour),
        url=f"https://example.com/{name}",
        summary=(rest[0] if rest else head)[:400],
        points=[line[:2000] for line in rest if line.strip()],
    )


def b_cubed(found: Iterable[Iterable[str]], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of B³ (Bagga and Baldwin 1998) over all documents."""
    precision, recall, number = 0.0, 0.0, 0
    size: dict[str, int] = {}
    for story in gold.values():
        size[story] = size.get(story, 0) + 1
    for cluster in found:
        members = list(cluster)
        for member in members:
            same = sum(gold[other] == gold[member] for other in members)
            precision += same / len(members)
            recall += same / size[gold[member]]
            number += 1
    p, r = precision / number, recall / number
    return p, r, 2 * p * r / (p + r)


def grouped(docs: Mapping[str, tuple[str, list[str]]], order: Sequence[str], alike: float) -> list[list[str]]:
    """The bot's stories, as names."""
    hours = 48 / max(1, len(order))
    digests = {as_digest(name, docs[name][1], n * hours).article.url: name for n, name in enumerate(order)}
    built = [as_digest(name, docs[name][1], n * hours) for n, name in enumerate(order)]
    return [[digests[d.article.url] for d in story.digests] for story in stories_of(built, alike)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--alike", type=float, nargs="*", default=[ALIKE])
    asked = parser.parse_args()
    docs = documents(asked.folder)
    for half, parity in (("odd topics", 1), ("even topics", 0)):
        part = {n: d for n, d in docs.items() if int(n.split("_")[0]) % 2 == parity}
        gold = {name: story for name, (story, _) in part.items()}
        topics: dict[str, list[str]] = {}
        for name in part:
            topics.setdefault(name.split("_")[0], []).append(name)
        print(f"{half}: {len(part)} documents, {len(set(gold.values()))} stories")
        _row("each alone", [b_cubed([[name] for name in part], gold)])
        _row("by topic", [b_cubed(topics.values(), gold)])
        for alike in asked.alike:
            rows = []
            for seed in range(_ORDERS):
                order = sorted(part)
                random.Random(seed).shuffle(order)
                rows.append(b_cubed(grouped(part, order, alike), gold))
            _row(f"Lede {alike:.2f}", rows)


def _row(name: str, rows: Sequence[tuple[float, float, float]]) -> None:
    p, r, f = (100 * statistics.mean(row[i] for row in rows) for i in range(3))
    print(f"  {name:<12} B³ P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}")


if __name__ == "__main__":
    main()
