"""Key points on GUM's news: ROUGE-1 and ROUGE-2 of two sentences beside lead and TextRank.

Usage: ``python -m tests.eval.key_points FOLDER`` where FOLDER holds GUM's ``xml/`` (files ``GUM_news_*.xml``).
Against several summaries the best one counts; no stemming.

Two tables, because the anchor depends on what is counted: running text against what people wrote (lead is then a
strong baseline), and all that the files hold, where headline and date line are the first two "sentences", against all
summaries (lead is then what it is for someone who takes the page as it comes).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from bot.digesters.extractive import ranking
from bot.digesters.extractive.compose import digest_of
from bot.domain.articles import Article
from bot.domain.digests import Outlet
from tests.eval.corpus import table

COUNT = 2
_NOW = datetime(2020, 1, 1, tzinfo=UTC)
Choose = Callable[[list[str], str], list[str]]


def document(path: Path, as_filed: bool = False) -> tuple[str, list[str], list[str]]:
    """Title, sentences and summaries of one file; with ``as_filed`` headings and summaries by machines as well."""
    text = path.read_text(encoding="utf-8")
    head = text[: text.index(">")]
    title = unescape(re.search(r'title="([^"]*)"', head)[1])  # type: ignore[index]
    writer = r"[^)]*" if as_filed else r"human\d*"
    summaries = [unescape(s) for s in re.findall(rf'summary\d+="\({writer}\) ([^"]*)"', head)]
    body = text if as_filed else re.sub(r"(?s)<head.*?</head>|<caption.*?</caption>|<figure.*?</figure>", "", text)
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


def digest(sentences: list[str], title: str) -> list[str]:
    """The first key points of the whole digest."""
    article = Article(title=title, outlet=Outlet(name="GUM"), published=_NOW, sentences=tuple(sentences))
    return [point.text for point in digest_of(article, _NOW).key_points[:COUNT]]


def rouge(made: str, reference: str, n: int) -> float:
    """F1 of shared word n-grams, in percent."""
    grams = []
    for text in (made, reference):
        words = re.findall(r"\w+", text.casefold())
        grams.append(Counter(zip(*(words[i:] for i in range(n)), strict=False)))
    shared = sum((grams[0] & grams[1]).values())
    total = sum(grams[0].values()) + sum(grams[1].values())
    return 200 * shared / total if total else 0.0


def compared(files: Sequence[Path], as_filed: bool) -> str:
    """The table of all ways over ``files``."""
    ways: dict[str, Choose] = {"lead": lead, "TextRank": text_rank, "ours": ours, "first key points": digest}
    totals = {name: [0.0, 0.0] for name in ways}
    documents = [found for path in files if (found := document(path, as_filed))[2]]
    for title, sentences, summaries in documents:
        for name, way in ways.items():
            made = " ".join(way(sentences, title))
            for n in (1, 2):
                totals[name][n - 1] += max(rouge(made, summary, n) for summary in summaries)
    rows = [(name, one / len(documents), two / len(documents)) for name, (one, two) in totals.items()]
    what = "as filed, all summaries" if as_filed else "running text, people's summaries"
    return table((f"{len(documents)} articles, {what}", "ROUGE-1", "ROUGE-2"), rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    files = sorted((parser.parse_args().folder / "xml").glob("GUM_news_*.xml"))
    print(compared(files, as_filed=False))
    print(compared(files, as_filed=True))


if __name__ == "__main__":
    main()
