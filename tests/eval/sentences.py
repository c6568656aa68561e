"""Where sentences end, on GUM: ``python -m tests.eval.sentences FOLDER [--genre news] [--half test]``.

FOLDER is a checkout of amir-zeldes/gum. Prints F1 of the sentence ends inside paragraphs for our splitter and for
nupunkt and blingfire where they are installed. The rules were written looking at the dev half (every other document).
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.sources.sentences import sentences_of

Splitter = Callable[[str], Sequence[str]]


def paragraphs(folder: Path, genre: str, half: str) -> Iterator[list[str]]:
    """The sentences of each paragraph of one half of the documents of a genre (``all`` for every one)."""
    wanted = "GUM_*.conllu" if genre == "all" else f"GUM_{genre}_*.conllu"
    for path in sorted((folder / "dep").rglob(wanted))[half == "test" :: 2]:
        paragraph: list[str] = []
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            text = re.search(r"^# text = (.*)$", block, re.MULTILINE)
            if paragraph and re.search(r"^# newpar", block, re.MULTILINE):
                yield paragraph
                paragraph = []
            if text:
                paragraph.append(text[1].strip())
        if paragraph:
            yield paragraph


def f1(split: Splitter, gold: Sequence[list[str]]) -> float:
    """F1 of the ends that ``split`` finds; the last of a paragraph is given and does not count."""
    right = wrong = missed = 0
    for sentences in gold:
        text = " ".join(sentences)
        ends, found = _ends(text, sentences), _ends(text, split(text))
        right += len(ends & found)
        wrong += len(found - ends)
        missed += len(ends - found)
    return 2 * right / (2 * right + wrong + missed)


def _ends(text: str, sentences: Sequence[str]) -> set[int]:
    ends, at = set(), 0
    for sentence in sentences:
        at = max(at, text.find(sentence, at)) + len(sentence)
        ends.add(at)
    return ends - {len(text)}


def splitters() -> dict[str, Splitter]:
    """Ours, and those of others that are installed."""
    found: dict[str, Splitter] = {"ours": sentences_of}
    for name, call in (("nupunkt", "sent_tokenize"), ("blingfire", "text_to_sentences")):
        try:
            found[name] = _listing(getattr(importlib.import_module(name), call))
        except ImportError:
            continue
    return found


def _listing(split: Callable[[str], str | Sequence[str]]) -> Splitter:
    """``split`` as one that gives a list; blingfire gives lines."""

    def listed(text: str) -> Sequence[str]:
        found = split(text)
        return found.split("\n") if isinstance(found, str) else found

    return listed


def main() -> None:
    """Print a line for each splitter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genre", default="all")
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    options = parser.parse_args()
    gold = list(paragraphs(options.folder, options.genre, options.half))
    print(f"{sum(map(len, gold))} sentences in {len(gold)} paragraphs")
    for name, split in splitters().items():
        print(f"{name:>10}: F1 {f1(split, gold):.4f}")


if __name__ == "__main__":
    main()
