"""How the entity index does on generated names: right answers and time a question. Prints; asserts nothing.

``python -m tests.bench.index [--names 100000] [--questions 300]``. Peers in the same run: a dictionary of folded names,
the floor of any look-up, and the standard fuzzy scorer over every name. Times are those of this thread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from random import Random

from rapidfuzz import fuzz, process

import bot.index.search
from bot.index import EntityIndex, EntityRecord
from bot.index.folding import fold
from tests.index.names import names

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SCORED = 20  #: questions put to the scorer, which looks at every name


def _typing_error(name: str, random: Random) -> str:
    at = random.randrange(1, len(name))
    return name[:at] + random.choice(_LETTERS) + name[at + 1 :]


def _questions(name: str, random: Random) -> dict[str, str]:
    first, *rest = name.split()
    return {
        "exact": name,
        "folded": name.upper(),
        "reordered": f"{' '.join(rest)}, {first}",
        "title": f"President {name}",
        "initial": f"{first[0]}. {' '.join(rest)}",
        "one typo": _typing_error(name, random),
        "two typos": _typing_error(_typing_error(name, random), random),
    }


def _asked(ask: Callable[[str], str], pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Share of right answers, and the median and the 99th percentile of the time in microseconds."""
    right, laps = 0, []
    for question, answer in pairs:
        start = time.thread_time_ns()
        right += ask(question) == answer
        laps.append((time.thread_time_ns() - start) / 1000)
    laps.sort()
    return right / len(pairs), laps[len(laps) // 2], laps[len(laps) * 99 // 100]


def _line(label: str, told: tuple[float, float, float]) -> None:
    print(f"  {label:24} {told[0]:6.1%}  p50 {told[1]:9.1f} us  p99 {told[2]:9.1f} us")


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    args = parser.parse_args()
    kept, random = names(args.names), Random(7)
    start = time.process_time()
    index = EntityIndex.build(EntityRecord(name, name) for name in kept)
    built = time.process_time() - start
    start = time.process_time()
    floor = {fold(name): name for name in kept}
    core = "interpreted" if bot.index.search.__file__.endswith(".py") else "compiled"
    print(f"{args.names} names, core {core}: built in {built:.2f} s, dictionary in {time.process_time() - start:.2f} s")

    def best(question: str) -> str:
        found = index.search(question)
        return found[0].id if found else ""

    chosen = random.sample(kept, min(args.questions, len(kept)))
    asked = [_questions(name, random) for name in chosen]
    for kind in asked[0]:
        _line(kind, _asked(best, [(each[kind], name) for each, name in zip(asked, chosen, strict=True)]))
    prefixes = [(name[:end], name) for name in chosen[:60] for end in range(1, len(name))]
    _line("as one types", _typed(index, prefixes))
    typos = [(each["one typo"], name) for each, name in zip(asked, chosen, strict=True)]
    _line("dictionary, folded", _asked(lambda q: floor.get(fold(q), ""), [(n.upper(), n) for n in chosen]))
    _line(
        "every name, one typo",
        _asked(lambda q: str(process.extractOne(q, kept, scorer=fuzz.ratio)[0]), typos[:_SCORED]),
    )


def _typed(index: EntityIndex, prefixes: list[tuple[str, str]]) -> tuple[float, float, float]:
    """As ``_asked``; right is whatever is offered at all."""
    return _asked(lambda text: "" if not index.complete(text) else text, [(text, text) for text, _ in prefixes])


if __name__ == "__main__":
    main()
