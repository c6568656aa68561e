"""Which names mean the same one: B³ over GUM's named people, organisations and places, beside surname rules.

Usage: ``python -m tests.eval.aliases FOLDER [--half odd|even|all]`` where FOLDER is a copy of amir-zeldes/gum. Rules
were tuned on the odd half. ``--errors`` prints what is wrongly joined or parted.

A capitalised office alone ("the Governor") is a description, no name, and is left out. Clusters that the corpus itself
ties to one Wikipedia article are one.

With names given, everyone gets the gold names and their kinds and has only to say which belong together; a name that we
leave out counts by its spelling. End to end, a name that we do not find or leave out stands alone.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.kinds import Verdict, verdicts
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.people import Cast
from bot.digesters.extractive.spans import Span, spans_of
from bot.digesters.extractive.tagging import tagger_votes
from bot.digesters.extractive.text import Reading
from bot.domain.digests import Kind
from tests.eval.corpus import table, whole
from tests.eval.gum import KINDS, Document, Mention, documents

Name = tuple[int, int, int]
"""A name's sentence (from 1), its first character there and the one behind its last."""


def gold_names(document: Document) -> dict[Name, Mention]:
    """Every name of a person, organisation or place, with the mention it is the name of."""
    found: dict[Name, Mention] = {}
    for mention in document.mentions:
        place = document.name_of(mention) if mention.kind in KINDS else None
        if place and not _office(document.texts[mention.sentence][slice(*place)], mention.kind):
            found.setdefault((mention.sentence + 1, *place), mention)
    return found


def _office(name: str, kind: str) -> bool:
    """Whether it is an office: all its words are, or a person's is called by what no one is: ``NASA Administrator``."""
    words = fold(name).split()
    head = words[: words.index("of")][-1:] if "of" in words[1:] else words[-1:]
    offices = lexicon.words("roles") | set(lexicon.titles())
    held = kind == "person" and not lexicon.is_given(words[0]) and offices.issuperset(head)
    return held or offices.issuperset(set(words) - {"of", "state"})


def reading_for(document: Document) -> Reading:
    """The document as the digester reads it, headings and furniture too."""
    return whole(document.article(), True)


def given_cast(document: Document, reading: Reading) -> Cast:
    """The cast made of the gold names; titles are parted from them as always."""
    ours = {(s.line, s.end): s for s in spans_of(reading)}
    spans: list[Span] = []
    kinds: dict[str, Counter[Kind]] = defaultdict(Counter)
    for (line, start, end), mention in gold_names(document).items():
        span = ours.get((line, end))
        if span is None or span.start < start or (span.start > start and mention.kind != "person"):
            span = Span(line, start, end, tuple(document.texts[line - 1][start:end].split()))
        spans.append(span)
        kinds[span.key][KINDS[mention.kind]] += 1  # type: ignore[index]
    spans.sort(key=lambda s: (s.line, s.start))
    return cast_of(reading, spans, {key: Verdict(votes.most_common(1)[0][0], 9.0) for key, votes in kinds.items()})


def found_cast(reading: Reading, tagged: bool) -> Cast:
    """The cast as the digester finds it."""
    spans = spans_of(reading)
    return cast_of(reading, spans, verdicts(reading, spans, tagger_votes(reading) if tagged else {}))


def by_cast(names: Mapping[Name, Mention], cast: Cast) -> dict[Name, Hashable]:
    """Whom of the cast each name means, where it means one: what covers it by half of their union."""
    found: dict[Name, tuple[float, Hashable]] = {}
    for person in cast:
        for span in person.spans:
            for name in names:
                both = min(name[2], span.end) - max(name[1], span.start)
                share = both / (max(name[2], span.end) - min(name[1], span.start))
                # "Major general Roe" is the name in the corpus and "Roe" in the digest, titles apart.
                fits = share >= 0.5 or (both > 0 and span.end == name[2] and person.kind == "person")
                if name[0] == span.line and fits and share > found.get(name, (0.0, ""))[0]:
                    found[name] = share, (person.kind, person.id)
    return {name: who for name, (_, who) in found.items()}


def by_surname(document: Document, names: Mapping[Name, Mention]) -> dict[Name, Hashable]:
    """The anchor: one spelling is one; people of one last word are one."""
    found: dict[Name, Hashable] = {}
    for name, mention in names.items():
        words = fold(document.texts[name[0] - 1][name[1] : name[2]]).split()
        found[name] = (mention.kind, words[-1] if mention.kind == "person" else " ".join(words))
    return found


def b_cubed(gold: Mapping[Name, Hashable], made: Mapping[Name, Hashable]) -> Iterator[tuple[float, float]]:
    """Precision and recall of each name's cluster; one that ``made`` leaves out stands alone."""
    truth, guess = defaultdict(set), defaultdict(set)
    answer: dict[Name, Hashable] = {name: made.get(name, ("alone", name)) for name in gold}
    for name in gold:
        truth[gold[name]].add(name)
        guess[answer[name]].add(name)
    for name in gold:
        both = len(truth[gold[name]] & guess[answer[name]])
        yield both / len(guess[answer[name]]), both / len(truth[gold[name]])


WAYS = ("surname rules", "ours, names given", "ours, end to end", "ours + tagger, end to end")


def answers(document: Document) -> tuple[dict[Name, Mention], dict[str, dict[Name, Hashable]]]:
    """The document's names and how each way gathers them."""
    names, reading = gold_names(document), reading_for(document)
    spelled = {n: ("left out", fold(document.texts[n[0] - 1][n[1] : n[2]])) for n in names}
    return names, dict(
        zip(
            WAYS,
            (
                by_surname(document, names),
                spelled | by_cast(names, given_cast(document, reading)),
                by_cast(names, found_cast(reading, False)),
                by_cast(names, found_cast(reading, True)),
            ),
            strict=True,
        )
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="even")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    scored: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for document in documents(options.folder, options.half):
        names, ways = answers(document)
        for way, made in ways.items():
            for group, of in (("all", set(KINDS)), ("people", {"person"})):
                gold = {n: m.cluster for n, m in names.items() if m.kind in of}
                scored[way, group].extend(b_cubed(gold, made))
        if options.errors:
            _print_errors(document, names, ways["ours, names given"])
    rows = []
    for way in WAYS:
        row: list[object] = [way]
        for group in ("all", "people"):
            pairs = scored[way, group]
            precision, recall = (100 * sum(p[i] for p in pairs) / max(len(pairs), 1) for i in (0, 1))
            row += [precision, recall, 2 * precision * recall / (precision + recall), len(pairs)]
        rows.append(row)
    print(table(("B³", *(f"{g} {w}" for g in ("all", "people") for w in ("precision", "recall", "F1", "names"))), rows))


def _print_errors(document: Document, names: Mapping[Name, Mention], made: Mapping[Name, Hashable]) -> None:
    def words(name: Name) -> str:
        return f"{document.texts[name[0] - 1][name[1] : name[2]]} [{name[0]}]"

    clusters, guesses = defaultdict(set), defaultdict(set)
    for name, mention in names.items():
        clusters[mention.cluster].add(name)
        guesses[made.get(name, name)].add(name)
    for cluster, members in clusters.items():
        parts = {made.get(n, n) for n in members}
        if len(parts) > 1:
            parted = [sorted(map(words, members & guesses[p]))[:3] for p in parts]
            print(f"{document.name} PARTED {names[next(iter(members))].kind} {cluster}: {parted}")
    for guess, members in guesses.items():
        if len({names[n].cluster for n in members}) > 1:
            joined = sorted({(names[n].cluster, words(n).split(" [")[0]) for n in members})
            print(f"{document.name} JOINED {guess}: {joined}")


if __name__ == "__main__":
    main()
