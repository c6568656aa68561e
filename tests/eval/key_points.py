"""Key points on GUM's news: ROUGE-1 and ROUGE-2 of two sentences against the human summaries, beside lead and TextRank.

Usage: ``python -m tests.eval.key_points FOLDER`` where FOLDER holds GUM's ``xml/`` (files ``GUM_news_*.xml``).
Against several summaries the best one counts; no stemming.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path

from bot.digesters.extractive import ranking
from tests.eval.corpus import table

COUNT = 2
Choose = Callable[[list[str], str], list[str]]


def document(path: Path) -> tuple[str, list[str], list[str]]:
    """Title, sentences and human summaries of one file."""
    text = path.read_text(encoding="utf-8")
    head = text[: text.index(">")]
    title = unescape(re.search(r'title="([^"]*)"', head)[1])  # type: ignore[index]
    summaries = [unescape(s) for s in re.findall(r'summary\d+="\(human\d*\) ([^"]*)"', head)]
    body = re.sub(r"(?s)<head.*?</head>|<caption.*?</caption>|<figure.*?</figure>", "", text)
    sentences = []
    for block in re.findall(r"(?s)<s [^>]*>(.*?)</s>", body):
        words = [line.split("\t")[0] for line in block.splitlines() if "\t" in line]
        sentence = re.sub(r" ([.,;:!?%)’]|'s|n't)", r"\1", unescape(" ".join(words)))
        if len(words) > 3:
            sentences.append(sentence)
    return title, sentences, summaries


def lead(sentences: list[str], title: str) -> list[str]:
    """The first sentences."""
    return sentences[:COUNT]


def text_rank(sentences: list[str], title: str) -> list[str]:
    """The sentences best linked to the others."""
    values = ranking.scores(sentences, title, (1.0, 0.0, 0.0, 0.0, 0.0))
    best = sorted(range(len(sentences)), key=lambda i: -values[i])[:COUNT]
    return [sentences[i] for i in sorted(best)]


def ours(sentences: list[str], title: str) -> list[str]:
    """The digester's choice."""
    sentences = sentences[: ranking.MAX_RANKED]
    chosen = ranking.choose(sentences, ranking.scores(sentences, title), COUNT)
    return [sentences[i] for i in chosen]


def rouge(made: str, reference: str, n: int) -> float:
    """F1 of shared word n-grams, in percent."""
    grams = []
    for text in (made, reference):
        words = re.findall(r"\w+", text.casefold())
        grams.append(Counter(zip(*(words[i:] for i in range(n)), strict=False)))
    shared = sum((grams[0] & grams[1]).values())
    total = sum(grams[0].values()) + sum(grams[1].values())
    return 200 * shared / total if total else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    files = sorted((parser.parse_args().folder / "xml").glob("GUM_news_*.xml"))
    ways: dict[str, Choose] = {"lead": lead, "TextRank": text_rank, "ours": ours}
    totals = {name: [0.0, 0.0] for name in ways}
    counted = 0
    for path in files:
        title, sentences, summaries = document(path)
        if not summaries:
            continue
        counted += 1
        for name, way in ways.items():
            made = " ".join(way(sentences, title))
            for n in (1, 2):
                totals[name][n - 1] += max(rouge(made, summary, n) for summary in summaries)
    rows = [(name, one / counted, two / counted) for name, (one, two) in totals.items()]
    print(table((f"{counted} articles", "ROUGE-1", "ROUGE-2"), rows))


if __name__ == "__main__":
    main()
