"""The gate on QAGS: does it keep what annotators found consistent and drop what they did not?

Usage: ``python -m tests.eval.gate FILE [--half odd|even]`` where FILE is ``mturk_cnndm.jsonl`` or
``mturk_xsum.jsonl``. The checks were made by reading the odd lines of the first. The measure of support was chosen by
both halves: it has no weights, and whatever was set on one of them was judged by the other.

Each summary sentence is given as its citations the article sentences that the digester itself would cite for it. The
anchors are the share of word pairs that the best sentence holds, at two thresholds, and the share of words seen
anywhere in the article. The set's own spacing ("$ 100, 000", "2 - 0") is undone for all of them alike.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.digesters.llm.verifier import best_cites, verify
from bot.sources.sentences import sentences_of
from tests.eval.corpus import table

_RECALL = 0.75


def auc(values: Sequence[float], truth: Sequence[bool]) -> float:
    """The chance that a consistent statement scores above an inconsistent one, in percent."""
    good = [v for v, t in zip(values, truth, strict=True) if t]
    bad = [v for v, t in zip(values, truth, strict=True) if not t]
    wins = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return 100 * wins / (len(good) * len(bad)) if good and bad else 0.0


def precision_at(values: Sequence[float], truth: Sequence[bool], recall: float = _RECALL) -> tuple[float, float]:
    """The precision, in percent, where so much of what is consistent is kept, and the threshold that keeps it."""
    for threshold in sorted(set(values), reverse=True):
        kept = [t for v, t in zip(values, truth, strict=True) if v >= threshold]
        if sum(kept) >= recall * sum(truth):
            return 100 * sum(kept) / len(kept), threshold
    return 0.0, 0.0


def mended(text: str) -> str:
    """``text`` without the marks and spaces that the set's tokenizer put in."""
    text = " ".join(text.split())
    for pattern, instead in (
        (r"(?<=\d), (?=\d{3}\b)", ","),
        (r"(?<=\d)\. (?=\d)", "."),
        (r"(?<=\w) - (?=\w)", "-"),
        (r"(?<=[$£€#]) (?=\d)", ""),
        (r" (?=[.,;:!?%)])", ""),
        (r"(?<=\() ", ""),
        # Quotations open with ` and close with ', which an apostrophe does too: no pair can be told.
        (r"``|''|(?<!\w)`|\"| '(?= )|(?<=[^\w\s])'(?!\w)", ""),
    ):
        text = re.sub(pattern, instead, text)
    return " ".join(text.split())


def pairs_held(text: str, sentence: str) -> float:
    """The share of the word pairs of ``text`` that ``sentence`` holds."""
    ours, theirs = (re.findall(r"\w+", each.casefold()) for each in (text, sentence))
    known = set(itertools.pairwise(theirs))
    found = [pair in known for pair in itertools.pairwise(ours)]
    return sum(found) / len(found) if found else float(set(ours) <= set(theirs))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("odd", "even"))
    options = parser.parse_args()
    truth: list[bool] = []
    reasons: Counter[tuple[str, bool]] = Counter()
    values: dict[str, list[float]] = {"words seen": [], "pairs": [], "support": [], "gate": []}
    for line, row in enumerate(options.file.read_text(encoding="utf-8").splitlines()):
        if options.half and line % 2 != (options.half == "odd"):
            continue
        item = json.loads(row)
        sentences = dict(enumerate((s for s in sentences_of(mended(item["article"])) if s.strip()), 1))
        words = set(re.findall(r"\w+", mended(item["article"]).casefold()))
        for statement in item["summary_sentences"]:
            text = mended(statement["sentence"])
            votes = [response["response"] == "yes" for response in statement["responses"]]
            truth.append(sum(votes) * 2 > len(votes))
            ours = re.findall(r"\w+", text.casefold())
            verdict = verify(text, best_cites(text, sentences), sentences)
            values["words seen"].append(sum(w in words for w in ours) / max(len(ours), 1))
            values["pairs"].append(max(pairs_held(text, s) for s in sentences.values()))
            values["support"].append(verdict.support)
            # Half the support, so that nothing unsupported comes up to what is kept.
            values["gate"].append(verdict.supported + verdict.support / 2)
            reasons[verdict.reason.split(" “")[0].split(",")[0], truth[-1]] += 1
    _print(truth, values, reasons)


def _print(truth: list[bool], values: dict[str, list[float]], reasons: Counter[tuple[str, bool]]) -> None:
    rows: list[tuple[object, ...]] = []
    for name, threshold in (("words seen", 0.95), ("pairs", 0.8), ("pairs", 0.9), ("support", 0.7), ("gate", 1.0)):
        kept = [t for v, t in zip(values[name], truth, strict=True) if v >= threshold]
        precision = 100 * sum(kept) / len(kept) if kept else 0.0
        recall = 100 * sum(kept) / sum(truth)
        at, where = precision_at(values[name], truth)
        rows.append((name, auc(values[name], truth), at, f"{where:.2f}", f"{threshold:.2f}", precision, recall))
    share = 100 * sum(truth) / len(truth)
    head = (f"{len(truth)} statements, {share:.0f} % consistent", "AUC", "precision at recall 75", "where")
    print(table((*head, "at", "precision", "recall"), rows))
    names = sorted({name for name, _ in reasons}, key=lambda n: -reasons[n, True] - reasons[n, False])
    print(table(("verdict", "consistent", "not"), [(n or "kept", reasons[n, True], reasons[n, False]) for n in names]))


if __name__ == "__main__":
    main()
