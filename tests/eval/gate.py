"""The gate on QAGS: does it keep what annotators found consistent and drop what they did not?

Usage: ``python -m tests.eval.gate FILE`` where FILE is ``mturk_cnndm.jsonl`` or ``mturk_xsum.jsonl``.

Each summary sentence is given the two article sentences that share most word pairs with it as its citations. The
anchors are word-pair coverage alone at two thresholds, and the share of words seen anywhere in the article.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from bot.digesters.llm.verifier import coverage, verify
from bot.sources.sentences import sentences_of
from tests.eval.corpus import table


def auc(values: Sequence[float], truth: Sequence[bool]) -> float:
    """The chance that a consistent statement scores above an inconsistent one, in percent."""
    good = [v for v, t in zip(values, truth, strict=True) if t]
    bad = [v for v, t in zip(values, truth, strict=True) if not t]
    wins = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return 100 * wins / (len(good) * len(bad)) if good and bad else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    truth: list[bool] = []
    values: dict[str, list[float]] = {"words seen": [], "pairs by the best sentence": [], "gate": []}
    for row in parser.parse_args().file.read_text(encoding="utf-8").splitlines():
        item = json.loads(row)
        sentences = dict(enumerate(sentences_of(" ".join(item["article"].split())), 1))
        words = set(re.findall(r"\w+", item["article"].casefold()))
        for statement in item["summary_sentences"]:
            text = re.sub(r" ([.,;:!?%)])", r"\1", statement["sentence"])
            votes = [response["response"] == "yes" for response in statement["responses"]]
            truth.append(sum(votes) * 2 > len(votes))
            ranked = sorted(sentences, key=lambda n: -coverage(text, sentences[n]))
            best = coverage(text, sentences[ranked[0]])
            ours = re.findall(r"\w+", text.casefold())
            values["words seen"].append(sum(w in words for w in ours) / max(len(ours), 1))
            values["pairs by the best sentence"].append(best)
            kept = any(verify(text, cites, sentences).supported for cites in (ranked[:1], ranked[:2]))
            values["gate"].append(float(kept) + best)
    rows: list[tuple[object, ...]] = []
    for name, threshold in (
        ("words seen", 0.95),
        ("pairs by the best sentence", 0.8),
        ("pairs by the best sentence", 0.9),
        ("gate", 1.0),
    ):
        kept_truth = [
            t for v, t in zip(values[name], truth, strict=True) if v >= threshold and (name != "gate" or v > 1)
        ]
        precision = 100 * sum(kept_truth) / len(kept_truth) if kept_truth else 0.0
        recall = 100 * sum(kept_truth) / sum(truth)
        rows.append((name, threshold, auc(values[name], truth), precision, recall, len(kept_truth)))
    share = 100 * sum(truth) / len(truth)
    print(
        table((f"{len(truth)} statements, {share:.0f} % consistent", "at", "AUC", "precision", "recall", "kept"), rows)
    )


if __name__ == "__main__":
    main()
