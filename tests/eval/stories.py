"""Grouping measured on ECB+: B³ of the bot's grouping beside plain TF-IDF, each alone and all of a topic together.

    python -m tests.eval.stories FOLDER [--alike N]

FOLDER holds ECB+ as its authors ship it (``1/1_10ecb.xml`` …; in the repository tommasoc80/EventStoryLine it is
``ECB+_LREC2014/ECB+``). A document's story is its topic and half (``ecb`` or ``ecbplus``): two different events of one
kind, which is what makes grouping hard. The documents have no usable dates, so all count as published in one window;
they come in three shuffled orders, and the mean is printed. The bot groups again as they come, so its figure is both
the one online and the one in batch. Odd topics are for tuning, even ones for the figure.

The peers, in the same run, are TF-IDF over words and pairs of words, its rarity taken from the whole half beforehand:
*online* in the same orders to the nearest centroid, *batch* by average linkage of all documents at once. Each peer's
threshold is the best for the odd topics.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from defusedxml import ElementTree

from bot.domain.digests import Digest
from bot.domain.lines import STOP_WORDS, words_of
from bot.domain.stories import ALIKE, stories_of
from tests.builders import digest

_START = datetime(2026, 1, 5, tzinfo=UTC)
_ORDERS = 3
_THRESHOLDS = [round(0.04 + 0.02 * step, 2) for step in range(16)]


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


def tf_idf(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """The cosines of all pairs of texts, over words and pairs of words."""
    counted = []
    for text in texts:
        words = [word for word in words_of(text) if word not in STOP_WORDS]
        counted.append(Counter([*words, *(f"{one} {other}" for one, other in pairwise(words))]))
    held = Counter(term for counts in counted for term in counts)
    place = {term: number for number, term in enumerate(term for term, n in held.items() if n > 1)}
    vectors = np.zeros((len(texts), len(place)))
    for row, counts in zip(vectors, counted, strict=True):
        for term, count in counts.items():
            if term in place:
                row[place[term]] = (1 + math.log(count)) * (math.log((1 + len(texts)) / (1 + held[term])) + 1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors @ vectors.T)


def online(cosines: npt.NDArray[np.float64], order: Sequence[int], alike: float) -> list[list[int]]:
    """Each document in turn to the cluster whose centroid it is most like, or alone."""
    clusters: list[list[int]] = []
    for document in order:
        likeness = [float(cosines[document, c].sum() / math.sqrt(float(cosines[np.ix_(c, c)].sum()))) for c in clusters]
        best = max(range(len(clusters)), key=likeness.__getitem__, default=-1)
        if best >= 0 and likeness[best] >= alike:
            clusters[best].append(document)
        else:
            clusters.append([document])
    return clusters


def batch(cosines: npt.NDArray[np.float64], alikes: Sequence[float]) -> dict[float, list[list[int]]]:
    """Average linkage, stopped at each of ``alikes``."""
    links, sizes = cosines.copy(), np.ones(len(cosines))
    np.fill_diagonal(links, -1.0)
    clusters: dict[int, list[int]] = {number: [number] for number in range(len(cosines))}
    found = {}
    for alike in sorted(alikes, reverse=True):
        while len(clusters) > 1 and links.max() >= alike:
            one, other = divmod(int(links.argmax()), len(links))
            merged = (sizes[one] * links[one] + sizes[other] * links[other]) / (sizes[one] + sizes[other])
            links[one], links[:, one] = merged, merged
            links[other], links[:, other], links[one, one] = -1.0, -1.0, -1.0
            sizes[one] += sizes[other]
            clusters[one] += clusters.pop(other)
        found[alike] = [list(members) for members in clusters.values()]
    return found


def peers(
    part: Mapping[str, tuple[str, list[str]]], gold: Mapping[str, str]
) -> dict[str, dict[float, list[tuple[float, float, float]]]]:
    """The B³ of both peers at each threshold."""
    names = sorted(part)
    cosines = tf_idf([" ".join(part[name][1]) for name in names])
    rows: dict[str, dict[float, list[tuple[float, float, float]]]] = {"online": {}, "batch": {}}
    for alike, clusters in batch(cosines, _THRESHOLDS).items():
        rows["batch"][alike] = [b_cubed([[names[n] for n in c] for c in clusters], gold)]
    for alike in _THRESHOLDS:
        for seed in range(_ORDERS):
            order = list(range(len(names)))
            random.Random(seed).shuffle(order)
            clusters = online(cosines, order, alike)
            rows["online"].setdefault(alike, []).append(b_cubed([[names[n] for n in c] for c in clusters], gold))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--alike", type=float, nargs="*", default=[ALIKE])
    asked = parser.parse_args()
    docs = documents(asked.folder)
    tuned: dict[str, float] = {}
    for half, parity in (("odd topics", 1), ("even topics", 0)):
        part = {n: d for n, d in docs.items() if int(n.split("_")[0]) % 2 == parity}
        gold = {name: story for name, (story, _) in part.items()}
        topics: dict[str, list[str]] = {}
        for name in part:
            topics.setdefault(name.split("_")[0], []).append(name)
        print(f"{half}: {len(part)} documents, {len(set(gold.values()))} stories")
        _row("each alone", [b_cubed([[name] for name in part], gold)])
        _row("by topic", [b_cubed(topics.values(), gold)])
        for way, by_threshold in peers(part, gold).items():
            best = max(by_threshold, key=lambda alike, rows=by_threshold: _mean(rows[alike], 2))  # type: ignore[misc]
            alike = tuned.setdefault(way, best)
            _row(f"TF-IDF {way}", by_threshold[alike])
        for alike in asked.alike:
            rows = []
            for seed in range(_ORDERS):
                order = sorted(part)
                random.Random(seed).shuffle(order)
                rows.append(b_cubed(grouped(part, order, alike), gold))
            _row(f"Lede {alike:.2f}", rows)


def _row(name: str, rows: Sequence[tuple[float, float, float]]) -> None:
    p, r, f = (100 * _mean(rows, i) for i in range(3))
    print(f"  {name:<13} B³ P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}")


def _mean(rows: Sequence[tuple[float, float, float]], column: int) -> float:
    return statistics.mean(row[column] for row in rows)


if __name__ == "__main__":
    main()
