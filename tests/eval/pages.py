"""The text of real news pages, beside trafilatura's own default: ``python -m tests.eval.pages [FOLDER]``.

FOLDER holds ``<id>.html.gz`` and ``reference.json`` as in the article-extraction-benchmark of Zyte. For each page and
in the mean: token F1 (words with their counts) and, as in that benchmark, F1 of runs of four words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Hashable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
from trafilatura.utils import load_html

from bot.sources.extracted import Refusal
from bot.sources.metadata import facts_of
from bot.sources.pages import lines_of, refuse_unless_article

SHARED = Path(__file__).parents[3] / "shared" / "articles" / "pages"
_NOW = datetime(2026, 1, 13, tzinfo=UTC)
_RUN = 4


@dataclass(frozen=True, slots=True)
class Score:
    """How one page fared."""

    url: str
    ours: float
    theirs: float
    ours_runs: float
    theirs_runs: float
    our_seconds: float
    their_seconds: float
    refused: str  #: why it would not be taken in; empty where it would


def f1(reference: str, text: str, run: int = 1) -> float:
    """F1 of the runs of ``run`` words that two texts have in common, each counted as often as it occurs."""
    wanted, got = _runs(reference, run), _runs(text, run)
    common = sum((wanted & got).values())
    if not common:
        return float(not wanted and not got)
    precision, recall = common / sum(got.values()), common / sum(wanted.values())
    return 2 * precision * recall / (precision + recall)


def _runs(text: str, run: int) -> Counter[Hashable]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + run]) for i in range(max(1, len(words) - run + 1) if words else 0))


def score(folder: Path, name: str, url: str, reference: str) -> Score:
    """Extract one page both ways."""
    page = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
    started = time.perf_counter()
    theirs = trafilatura.extract(page, url=url) or ""
    between = time.perf_counter()
    tree = load_html(page)
    facts = facts_of(tree, url, _NOW)
    lines = lines_of(tree, url, facts)
    ended = time.perf_counter()
    try:
        refuse_unless_article(lines, facts, url)
        refused = ""
    except Refusal as refusal:
        refused = refusal.what
    ours = "\n".join(lines)
    return Score(
        url,
        f1(reference, ours),
        f1(reference, theirs),
        f1(reference, ours, _RUN),
        f1(reference, theirs, _RUN),
        ended - between,
        between - started,
        refused,
    )


def scores(folder: Path) -> list[Score]:
    """Every page's score, worst of ours first."""
    reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    names = [name for name in reference if (folder / f"{name}.html.gz").is_file()]
    with ProcessPoolExecutor(2) as pool:
        found = list(
            pool.map(
                score,
                [folder] * len(names),
                names,
                [reference[name]["url"] for name in names],
                [reference[name]["articleBody"] for name in names],
                chunksize=4,
            )
        )
    return sorted(found, key=lambda each: each.ours)


def mean(values: list[float]) -> float:
    """Their mean."""
    return sum(values) / len(values)


def main() -> None:
    """Print a line a page, then the means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    found = scores(parser.parse_args().folder)
    print("  ours  default  | runs of 4: ours default | page")
    for each in found:
        numbers = f"{each.ours:6.3f} {each.theirs:8.3f}  | {each.ours_runs:16.3f} {each.theirs_runs:7.3f}"
        print(f"{numbers} | {each.url[:80]}{'  REFUSED: ' + each.refused if each.refused else ''}")
    print(f"token F1, mean of {len(found)} pages: ours {mean([e.ours for e in found]):.4f}, ", end="")
    print(f"trafilatura default {mean([e.theirs for e in found]):.4f}")
    print(f"F1 of runs of 4 words: ours {mean([e.ours_runs for e in found]):.4f}, ", end="")
    print(f"trafilatura default {mean([e.theirs_runs for e in found]):.4f}")
    print(f"seconds a page: ours {mean([e.our_seconds for e in found]):.3f}, ", end="")
    print(f"trafilatura default {mean([e.their_seconds for e in found]):.3f}")


if __name__ == "__main__":
    main()
